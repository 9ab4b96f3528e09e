namespace CAManim.Native.Engine.Road.Masks;

/// <summary>The Python code's masks: kept is what lies below the percentile of the scaled map, or of one less the scaled map.</summary>
/// <remarks>All steps in float32 where NumPy computes in float32, so that thresholds and counts come out the same.</remarks>
internal sealed class ReferenceMasks(int height, int width) : RemovalMasks(RoadMode.Reference, height, width)
{
    // pytorch-grad-cam's scale_cam_image.
    private const double Epsilon = 1e-7;

    /// <inheritdoc/>
    public override Removal Fill(double percentile, bool isMostFirst, Span<byte> removed)
    {
        float threshold = Threshold(percentile, isMostFirst);
        int count = 0;
        for (int i = 0; i < removed.Length; i++)
        {
            float value = isMostFirst ? Resized[i] : 1 - Resized[i];
            byte isRemoved = value < threshold ? (byte)0 : (byte)1;
            removed[i] = isRemoved;
            count += isRemoved;
        }

        return new Removal(count, threshold);
    }

    /// <summary>Takes a map that is resized and scaled already.</summary>
    /// <param name="scaled">[H,W].</param>
    public void LoadScaled(ReadOnlySpan<float> scaled)
    {
        scaled.CopyTo(Resized);
        Ranking.Rank(Resized);
    }

    /// <inheritdoc/>
    protected override string? Prepare()
    {
        float minimum = Resized.Min();
        float divisor = (float)(Epsilon + (Resized.Max() - minimum));
        foreach (ref float value in Resized.AsSpan())
        {
            value = (value - minimum) / divisor;
        }

        Ranking.Rank(Resized);
        return null;
    }

    // numpy.percentile, method "linear": position in float64, differences in float32, from the nearer end.
    private float Threshold(double percentile, bool isMostFirst)
    {
        int last = Resized.Length - 1;
        double position = last * (percentile / 100);
        int lower = (int)position;
        double share = position - lower;
        float a = ValueAt(lower, isMostFirst);
        float b = ValueAt(Math.Min(lower + 1, last), isMostFirst);
        float difference = b - a;
        return (float)(share < 0.5 ? a + (difference * share) : b - (difference * (1 - share)));
    }

    // 1 - x turns the order round, and keeps it where it rounds values together.
    private float ValueAt(int rank, bool isMostFirst) => isMostFirst
        ? Resized[Ranking.PositionAt(rank)]
        : 1 - Resized[Ranking.PositionAt(Resized.Length - 1 - rank)];
}
