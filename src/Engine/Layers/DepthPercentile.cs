namespace CAManim.Native.Engine.Layers;

/// <summary>Which layer lies at a percentile of the network's depth.</summary>
public static class DepthPercentile
{
    /// <summary>Every tenth percentile from 0 to 100, as the figures of the CAManim paper.</summary>
    public static IReadOnlyList<double> Tenths { get; } = [.. Enumerable.Range(0, 11).Select(i => i * 10.0)];

    /// <summary>Index of the frame: round(percentile / 100 · (frames - 1)), halves up; 0 is the first frame, 100 the last.</summary>
    /// <param name="frames">F, 1 or more.</param>
    /// <param name="percentile">0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame, or the percentile lies outside of 0 to 100.</exception>
    public static int FrameAt(int frames, double percentile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        return percentile is >= 0 and <= 100
            ? (int)Math.Round(percentile / 100 * (frames - 1), MidpointRounding.AwayFromZero)
            : throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile of depth lies from 0 (the first layer) to 100 (the last).");
    }
}
