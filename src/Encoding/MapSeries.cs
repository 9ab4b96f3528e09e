using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding;

/// <summary>The maps of one method or target in a video of several: a panel of its own in every frame.</summary>
/// <param name="Title">What stands over the panel.</param>
/// <param name="Layers">One a frame; the same layers in the same order in every series of a video.</param>
public sealed record MapSeries(string Title, IReadOnlyList<LayerMap> Layers)
{
    /// <summary>Zero of the global normalisation. NaN, the default: the smallest <c>LayerMap.Minimum</c> of this series.</summary>
    public float GlobalMinimum { get; init; } = float.NaN;

    /// <summary>One of the global normalisation. NaN, the default: the largest <c>LayerMap.Maximum</c> of this series.</summary>
    public float GlobalMaximum { get; init; } = float.NaN;

    /// <summary>The range of the global normalisation; values that are not finite are passed over.</summary>
    internal (float Minimum, float Maximum) GlobalRange()
    {
        (float minimum, float maximum) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (LayerMap layer in Layers)
        {
            minimum = float.IsFinite(layer.Minimum) ? Math.Min(minimum, layer.Minimum) : minimum;
            maximum = float.IsFinite(layer.Maximum) ? Math.Max(maximum, layer.Maximum) : maximum;
        }

        return (float.IsNaN(GlobalMinimum) ? minimum : GlobalMinimum, float.IsNaN(GlobalMaximum) ? maximum : GlobalMaximum);
    }
}
