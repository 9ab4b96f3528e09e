using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Methods;

/// <summary>Where a map is highest.</summary>
internal static class TopPositions
{
    /// <summary>The round(k h·w / 100) positions, one at least, of the largest values, largest first; without those that are not positive.</summary>
    /// <param name="map">The map, after ReLU; none with NaN or infinity in it.</param>
    /// <param name="percent">k, above 0 and up to 100.</param>
    public static IEnumerable<int> Find(LayerMap map, double percent)
    {
        ReadOnlyMemory<float> values = map.Map;
        if (values.Span.ContainsAnyNonFinite())
        {
            yield break;
        }

        PixelRanking ranking = new(values.Length);
        ranking.Rank(values.Span);
        int count = Math.Max(1, (int)Math.Round(percent / 100 * values.Length));
        for (int rank = values.Length - 1; rank >= values.Length - count; rank--)
        {
            int position = ranking.PositionAt(rank);
            if (values.Span[position] > 0)
            {
                yield return position;
            }
        }
    }
}
