using CAManim.Native.Engine.Methods.Components;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>FEM: Fuad et al. 2020, "Features understanding in 3D CNNs for actions recognition in video", section III (k-sigma rule).</summary>
/// <remarks>k = 2, the population's deviation, strictly above: as in the paper and in pytorch-grad-cam. No gradient, so no class.</remarks>
internal sealed class Fem : LayerMethod
{
    private const double Deviations = 2;

    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.FEM,
        Name = "FEM",
        Formula = "S = sum_k w_k A_k, w_k = share of positions with A_k > mean(A_k) + 2 deviation(A_k)",
        Source = "Fuad et al. 2020, Features understanding in 3D CNNs, section III",
        IsClassDiscriminative = false,
    };

    public override void Reduce(in LayerTensors layer, Span<float> signedMap)
    {
        int n = signedMap.Length;
        float[] weights = new float[layer.Channels];
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = Weigh(layer.Activation.Slice(k * n, n));
        }

        MapReduction.WeightedSum(layer.Activation, weights, signedMap);
    }

    public override bool TrySplit(in LayerTensors layer, Span<float> summands)
    {
        ChannelSummands.Split(this, layer, summands);
        return true;
    }

    // NaN is above nothing, so a channel with NaN in it has weight 0, as in the peer; its NaN still reaches the map.
    private static float Weigh(ReadOnlySpan<float> channel)
    {
        double sum = 0;
        double squares = 0;
        double shift = channel[0];
        foreach (float value in channel)
        {
            double difference = value - shift;
            sum += difference;
            squares += difference * difference;
        }

        double mean = sum / channel.Length;
        double variance = Math.Max(0, (squares / channel.Length) - (mean * mean));
        float threshold = (float)(shift + mean + (Deviations * Math.Sqrt(variance)));
        int above = 0;
        foreach (float value in channel)
        {
            above += value > threshold ? 1 : 0;
        }

        return (float)above / channel.Length;
    }
}
