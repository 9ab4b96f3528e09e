namespace CAManim.Native.Engine.SelfTest;

/// <summary>How far values are from what they should be.</summary>
internal static class Distance
{
    /// <summary>max |value - expected| / max |expected|; NaN where a value is not finite.</summary>
    public static double Relative(ReadOnlySpan<float> values, ReadOnlySpan<float> expected)
    {
        if (values.Length != expected.Length)
        {
            return double.NaN;
        }

        double worst = 0, largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return double.NaN;
            }

            worst = Math.Max(worst, Math.Abs((double)values[i] - expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return largest == 0 ? worst : worst / largest;
    }
}
