using CAManim.Native.Engine.Methods.Components;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>The family of methods that are one fused kernel over activation and gradient.</summary>
internal abstract class WeightedMethod(Weighting weighting) : LayerMethod
{
    /// <summary>The formula, for kernels of a device.</summary>
    public Weighting Weighting => weighting;

    public override void Reduce(in LayerTensors layer, Span<float> signedMap) =>
        MapReduction.Reduce(weighting, layer.Activation, layer.Gradient, layer.Channels, signedMap);

    public override bool TrySplit(in LayerTensors layer, Span<float> summands)
    {
        ChannelSummands.Split(this, layer, summands);
        return true;
    }
}
