using CAManim.Native.Engine.Methods;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Smoothing;

/// <summary>The maps of several layers as one at the input's size.</summary>
/// <remarks>
/// <para>R_l = map l, rectified, resized bilinearly to [H,W]; M_l = (R_l - min R_l) / (max R_l - min R_l), 0 where R_l has one value only;
/// F = mean, maximum or sum_l w_l M_l / sum_l w_l; the result is (F - min F) / (max F - min F), in 0..1, and 0 where F is constant.
/// NaN and infinity count as 0 after the resize.</para>
/// <para><see cref="Compatibility.Reference"/>: pytorch-grad-cam's <c>aggregate_multi_layers</c>, which scales before it resizes and divides by
/// the largest value plus 1e-7: M_l = resize((m_l - min m_l) / (max(m_l - min m_l) + 1e-7)), the same 1e-7 at the end. It knows the mean only.</para>
/// </remarks>
public static class LayerFusion
{
    // pytorch-grad-cam's constant.
    private const double ReferenceEpsilon = 1e-7;

    /// <summary>Fuses maps.</summary>
    /// <param name="layers">One or more.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="mode">How.</param>
    /// <param name="weights">For <see cref="FusionMode.Weighted"/>: w_l, one a layer, finite, 0 or more, not all 0. Else null.</param>
    /// <param name="compatibility">Whether scaling comes before the resize.</param>
    /// <returns>The fused map [H,W]; its channels are the number of layers.</returns>
    /// <exception cref="ArgumentException">There is no layer, or the weights do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">H or W is below 1.</exception>
    public static LayerMap Fuse(
        IReadOnlyList<LayerMap> layers, int height, int width, FusionMode mode, IReadOnlyList<double>? weights = null, Compatibility compatibility = Compatibility.Paper)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Check(layers, mode, weights);
        double[] fused = new double[height * width];
        double total = mode == FusionMode.Weighted ? weights!.Sum() : layers.Count;
        for (int l = 0; l < layers.Count; l++)
        {
            double[] map = Scaled(layers[l], height, width, compatibility);
            double share = (mode == FusionMode.Weighted ? weights![l] : 1) / total;
            for (int i = 0; i < fused.Length; i++)
            {
                fused[i] = mode == FusionMode.Max ? Math.Max(fused[i], map[i]) : fused[i] + (share * map[i]);
            }
        }

        Scale(fused, compatibility);
        float[] values = [.. fused.Select(v => (float)v)];
        return new LayerMap
        {
            Name = mode.ToString().ToLowerInvariant(),
            ModuleClass = nameof(LayerFusion),
            Channels = layers.Count,
            Height = height,
            Width = width,
            SignedMap = values,
            Map = values,
            Minimum = values.Min(),
            Maximum = values.Max(),
        };
    }

    private static void Check(IReadOnlyList<LayerMap> layers, FusionMode mode, IReadOnlyList<double>? weights)
    {
        if (layers.Count == 0)
        {
            throw new ArgumentException("There is no layer to fuse; at least one is needed.", nameof(layers));
        }

        bool isWeighted = mode == FusionMode.Weighted;
        if (isWeighted != weights is not null)
        {
            throw new ArgumentException(isWeighted ? "A weighted fusion needs a weight for each layer." : $"Weights were given for {mode}, which has none. Leave them out or use {nameof(FusionMode.Weighted)}.", nameof(weights));
        }

        if (weights is not null && (weights.Count != layers.Count || weights.Any(w => !(w >= 0 && double.IsFinite(w))) || weights.Sum() == 0))
        {
            throw new ArgumentException($"{weights.Count} weights were given for {layers.Count} layers, with the sum {weights.Sum()}; one for each is needed, finite and 0 or more, not all of them 0.", nameof(weights));
        }
    }

    private static double[] Scaled(LayerMap layer, int height, int width, Compatibility compatibility)
    {
        float[] map = layer.Map.ToArray();
        if (compatibility == Compatibility.Reference)
        {
            double[] own = [.. map.Select(v => float.IsFinite(v) ? v : 0.0)];
            Scale(own, compatibility);
            map = [.. own.Select(v => (float)v)];
        }

        float[] resized = new float[height * width];
        BilinearResize.Resize(map, layer.Height, layer.Width, resized, height, width);
        double[] result = [.. resized.Select(v => float.IsFinite(v) ? v : 0.0)];
        if (compatibility == Compatibility.Paper)
        {
            Scale(result, compatibility);
        }

        return result;
    }

    private static void Scale(double[] values, Compatibility compatibility)
    {
        (double least, double greatest) = (values.Min(), values.Max());
        double range = greatest - least + (compatibility == Compatibility.Reference ? ReferenceEpsilon : 0);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = range > 0 ? (values[i] - least) / range : 0;
        }
    }
}
