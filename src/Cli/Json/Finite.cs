namespace CAManim.Native.Cli.Json;

/// <summary>JSON has no NaN and no infinity: they become null.</summary>
internal static class Finite
{
    public static float? OrNull(float value) => float.IsFinite(value) ? value : null;

    /// <summary>Milliseconds, to a thousandth.</summary>
    public static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
