namespace CAManim.Native.Engine.Road.Masks;

internal static class FiniteValues
{
    /// <summary>Whether a value is NaN or infinite.</summary>
    public static bool ContainsAnyNonFinite(this ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return true;
            }
        }

        return false;
    }
}
