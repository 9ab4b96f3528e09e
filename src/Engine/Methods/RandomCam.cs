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

    public override void Reduce(in LayerTensors layer, Span<float> signedMap)
    {
        float[] weights = new float[layer.Channels];
        RandomWeights.Fill(layer.Options.Seed, layer.Name, weights);
        MapReduction.WeightedSum(layer.Activation, weights, signedMap);
    }
}
