using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Smoothing;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Capture;

/// <summary>The signed maps of one layer by several methods; those that are one kernel share one trip to memory.</summary>
internal sealed class LayerReduction(IReadOnlyList<MapMethod> methods)
{
    private readonly int[] _weighted = [.. Enumerable.Range(0, methods.Count).Where(m => methods[m] is WeightedMethod)];
    private readonly Weighting[] _weightings = [.. methods.OfType<WeightedMethod>().Select(m => m.Weighting)];
    private float[] _together = [];

    /// <summary>Reduces one image's layer.</summary>
    /// <param name="layer">A and G.</param>
    /// <param name="isWanted">Whether a method's map is wanted, by its index; only of methods that work on single layers.</param>
    /// <returns>The signed map [h·w] of each method; null where it is not wanted.</returns>
    public float[]?[] Reduce(in LayerTensors layer, bool[] isWanted)
    {
        float[]?[] signed = new float[]?[methods.Count];
        int pixels = layer.Height * layer.Width;
        bool isTogether = _weighted.Length > 1 && !layer.Options.EigenSmoothing && _weighted.All(m => isWanted[m]);
        if (isTogether)
        {
            ReduceTogether(layer, pixels, signed);
        }

        for (int m = 0; m < methods.Count; m++)
        {
            if (signed[m] is null && isWanted[m] && methods[m] is LayerMethod method)
            {
                float[] values = signed[m] = GC.AllocateUninitializedArray<float>(pixels);
                if (!layer.Options.EigenSmoothing || !EigenSmoothing.TryReduce(method, layer, values))
                {
                    method.Reduce(layer, values);
                }
            }
        }

        return signed;
    }

    private void ReduceTogether(in LayerTensors layer, int pixels, float[]?[] signed)
    {
        int needed = _weightings.Length * pixels;
        if (_together.Length < needed)
        {
            _together = GC.AllocateUninitializedArray<float>(needed);
        }

        MapReduction.ReduceMany(_weightings, layer.Activation, layer.Gradient, layer.Channels, _together.AsSpan(0, needed));
        for (int i = 0; i < _weighted.Length; i++)
        {
            signed[_weighted[i]] = _together.AsSpan(i * pixels, pixels).ToArray();
        }
    }
}
