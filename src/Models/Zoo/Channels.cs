namespace CAManim.Native.Models;

/// <summary>Rounding of channel counts.</summary>
internal static class Channels
{
    /// <summary>The multiple of <paramref name="divisor"/> nearest to <paramref name="value"/>, but not more than a tenth below it (Howard 2017).</summary>
    public static int Divisible(double value, int divisor = 8)
    {
        int rounded = Math.Max(divisor, (int)(value + (divisor / 2.0)) / divisor * divisor);
        return rounded < 0.9 * value ? rounded + divisor : rounded;
    }
}
