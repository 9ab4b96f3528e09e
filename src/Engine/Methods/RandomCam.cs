using CAManim.Native.Engine.Methods.Components;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>RandomCAM: the baseline of the CAManim paper, random weights in the place of gradients.</summary>
internal sealed class RandomCam : LayerMethod
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.RandomCAM,
        Name = "RandomCAM",
        Formula = "S = sum_k w_k A_k, w_k uniform in [-1,1], seeded",
        Source = "CAManim, PLoS ONE 2024",
        IsClassDiscriminative = false,
    };

    public override bool DependsOnName => true;

    public override void Reduce(in LayerTensors layer, Span<float> signedMap) =>
        MapReduction.WeightedSum(layer.Activation, Draw(layer), signedMap);

    public override bool TrySplit(in LayerTensors layer, Span<float> summands)
    {
        ChannelSummands.Weigh(layer.Activation, Draw(layer), summands);
        return true;
    }

    private static float[] Draw(in LayerTensors layer)
    {
        float[] weights = new float[layer.Channels];
        RandomWeights.Fill(layer.Options.Seed, layer.Name, weights);
        return weights;
    }
}
