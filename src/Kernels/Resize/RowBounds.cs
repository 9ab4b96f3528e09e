using System.Runtime.Intrinsics;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Resize;

/// <summary>Between which values the rows of a resized map lie, from the extremes of its source rows after max(·, 0).</summary>
/// <param name="lows">Smallest value of each source row.</param>
/// <param name="highs">Largest value of each source row.</param>
/// <param name="axis">Source rows and shares of each target row.</param>
internal readonly ref struct RowBounds(Span<float> lows, Span<float> highs, ResizeAxis axis)
{
    // Two interpolations round by at most 5 units of 2^-24 of the larger source value; the bounds themselves by about as much.
    private const float Rounding = 1e-6f;

    private readonly Span<float> _lows = lows;
    private readonly Span<float> _highs = highs;

    /// <summary>Reads the source rows, all finite; returns the rows with the smallest and the largest value.</summary>
    public unsafe (int Lowest, int Highest) Read(float* source, int width)
    {
        (int lowest, int highest) = (0, 0);
        for (int y = 0; y < _lows.Length; y++)
        {
            MapExtrema.Find(new ReadOnlySpan<float>(source + ((nint)y * width), width), out float low, out float high, out _);
            (_lows[y], _highs[y]) = (Scalar.Relu(low), Scalar.Relu(high));
            lowest = _lows[y] < _lows[lowest] ? y : lowest;
            highest = _highs[y] > _highs[highest] ? y : highest;
        }

        return (lowest, highest);
    }

    /// <summary>Whether target row <paramref name="y"/> may hold a value below <paramref name="least"/> or above <paramref name="greatest"/>.</summary>
    public bool MayExceed(int y, float least, float greatest)
    {
        (int upper, int lower) = (axis.First[y], axis.Second[y]);
        float slack = Rounding * MathF.Max(_highs[upper], _highs[lower]);
        return Between(_lows, y) - slack < least || Between(_highs, y) + slack > greatest;
    }

    /// <summary>The same of all target rows between the source rows of <paramref name="y"/>.</summary>
    public bool RunMayExceed(int y, float least, float greatest)
    {
        (int upper, int lower) = (axis.First[y], axis.Second[y]);
        float high = MathF.Max(_highs[upper], _highs[lower]);
        return MathF.Min(_lows[upper], _lows[lower]) - (Rounding * high) < least || high + (Rounding * high) > greatest;
    }

    /// <summary>The smallest and the largest of 16 least and 16 greatest values.</summary>
    public static unsafe (float Least, float Greatest) OfLanes(float* extremes)
    {
        float* greatest = extremes + LanesTail.Width;
        Vector128<float> low = Vector128.Min(Vector128.Min(Vector128.Load(extremes), Vector128.Load(extremes + 4)), Vector128.Min(Vector128.Load(extremes + 8), Vector128.Load(extremes + 12)));
        Vector128<float> high = Vector128.Max(Vector128.Max(Vector128.Load(greatest), Vector128.Load(greatest + 4)), Vector128.Max(Vector128.Load(greatest + 8), Vector128.Load(greatest + 12)));
        return (MathF.Min(MathF.Min(low[0], low[1]), MathF.Min(low[2], low[3])), MathF.Max(MathF.Max(high[0], high[1]), MathF.Max(high[2], high[3])));
    }

    private float Between(Span<float> rows, int y)
    {
        float upper = rows[axis.First[y]];
        return upper + (axis.Share[y] * (rows[axis.Second[y]] - upper));
    }
}
