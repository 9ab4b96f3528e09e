namespace CAManim.Native.Engine.Road.Masks;

/// <summary>
/// Exactly round((1-p)·HW) pixels of one ranking: ascending by the resized signed map, equal values ascending by position.
/// Most relevant first takes them from its end, least relevant first from its start.
/// </summary>
internal sealed class ExactMasks(int height, int width) : RemovalMasks(RoadMode.Exact, height, width)
{
    /// <summary>Why a map is not scored that has one value.</summary>
    public const string Constant = "the map has one value only and ranks no pixels";

    /// <summary>Pixels that are removed.</summary>
    public static int Count(double percentile, int pixels) => (int)Math.Round((100 - percentile) / 100 * pixels);

    /// <inheritdoc/>
    public override Removal Fill(double percentile, bool isMostFirst, Span<byte> removed)
    {
        int count = Count(percentile, removed.Length);
        int start = isMostFirst ? removed.Length - count : 0;
        removed.Clear();
        for (int rank = start; rank < start + count; rank++)
        {
            removed[Ranking.PositionAt(rank)] = 1;
        }

        return new Removal(count, null);
    }

    /// <inheritdoc/>
    protected override string? Prepare()
    {
        if (!Resized.AsSpan().ContainsAnyExcept(Resized[0]))
        {
            return Constant;
        }

        Ranking.Rank(Resized);
        return null;
    }
}
