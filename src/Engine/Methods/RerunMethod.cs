using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Perturbation;
using CAManim.Native.Engine.Smoothing;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>A method that runs the network again for every layer, after the one forward and backward that all layers share.</summary>
internal abstract class RerunMethod : MapMethod
{
    /// <summary>Writes the signed map [h·w] of one layer, for one image and one target.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="forwards">Runs the network; gradients are off where this is called.</param>
    /// <param name="signedMap">S.</param>
    public abstract void Explain(PerturbedLayer layer, BatchedForwards forwards, Span<float> signedMap);

    /// <summary>S = sum_k w_k A_k, or its eigen-smoothed counterpart where that was asked for.</summary>
    protected static void SumChannels(PerturbedLayer layer, ReadOnlySpan<float> weights, Span<float> signedMap)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(OutputShape.AsFloats(layer.Folded).bytes);
        if (!layer.Options.EigenSmoothing)
        {
            MapReduction.WeightedSum(values, weights, signedMap);
            return;
        }

        LayerTensors tensors = new()
        {
            Name = layer.Node.Name,
            Activation = values,
            Gradient = [],
            Channels = layer.Channels,
            Height = (int)layer.Folded.shape[2],
            Width = (int)layer.Folded.shape[3],
            Options = layer.Options,
        };
        EigenSmoothing.Reduce(weights, tensors, signedMap);
    }
}
