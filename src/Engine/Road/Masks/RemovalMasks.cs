using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Road.Masks;

/// <summary>Masks of one map after another; buffers are kept.</summary>
internal abstract class RemovalMasks(RoadMode mode, int height, int width)
{
    /// <summary>Why a map is not scored that holds such values.</summary>
    public const string NotFinite = "the map holds NaN or infinity";

    /// <summary>The map at the input's size.</summary>
    protected float[] Resized { get; } = new float[height * width];

    /// <summary>Its pixels by value.</summary>
    protected PixelRanking Ranking { get; } = new(height * width);

    /// <summary>Makes masks of the given mode for images of H x W.</summary>
    public static RemovalMasks Create(RoadMode mode, int height, int width) =>
        mode == RoadMode.Exact ? new ExactMasks(height, width) : new ReferenceMasks(height, width);

    /// <summary>The values of a map that rank its pixels.</summary>
    public static ReadOnlyMemory<float> Select(RoadMode mode, LayerMap map) => mode == RoadMode.Exact ? map.SignedMap : map.Map;

    /// <summary>Takes the next map.</summary>
    /// <returns>Why it ranks no pixels, or null.</returns>
    public string? Load(LayerMap map)
    {
        ReadOnlySpan<float> values = Select(mode, map).Span;
        if (values.ContainsAnyNonFinite())
        {
            return NotFinite;
        }

        BilinearResize.Resize(values, map.Height, map.Width, Resized, height, width);
        return Prepare();
    }

    /// <summary>Position of the pixel with the given rank, 0 for the least relevant.</summary>
    public int PositionAt(int rank) => Ranking.PositionAt(rank);

    /// <summary>Fills a mask: 1 where a pixel is removed.</summary>
    /// <param name="percentile">Percentage that is kept.</param>
    /// <param name="isMostFirst">Whether the most relevant pixels go, else the least.</param>
    /// <param name="removed">[H,W].</param>
    public abstract Removal Fill(double percentile, bool isMostFirst, Span<byte> removed);

    /// <summary>Ranks <see cref="Resized"/>; says why that cannot be, or null.</summary>
    protected abstract string? Prepare();
}
