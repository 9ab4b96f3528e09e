using CAManim.Native.Engine.Perturbation;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods;

/// <summary>AblationCAM: Desai and Ramaswamy 2020, "Ablation-CAM: Visual Explanations for Deep Convolutional Network via Gradient-free Localization", eq. 4 and 5.</summary>
/// <remarks>
/// <para>The image runs alone up to the layer; there it becomes a batch, one ablated channel each.</para>
/// <para><see cref="Compatibility.Reference"/>: a channel is set to 0 only where the smallest activation is 0; else image i of a batch of 32
/// gets min(A) - (i + 1) 1e7: the peer means min(A) - 1e7, but takes the minimum again after each image of the batch.</para>
/// <para>Where y is 0 the quotient does not exist; the drop itself, y - y_k, is taken. The peer divides.</para>
/// </remarks>
internal sealed class AblationCam : PerturbationMethod
{
    private const float ReferenceDepth = 1e7f;
    private const int ReferenceBatch = 32;

    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.AblationCAM,
        Name = "AblationCAM",
        Formula = "S = sum_k w_k A_k, w_k = (y - y_k)/y, y_k the score with channel k ablated",
        Source = "Desai and Ramaswamy 2020, Ablation-CAM, eq. 4 and 5",
        ForwardsPerChannel = 1,
        Deviations = "0 only where min(A) = 0, else min(A) - 1e7, counted on through batches of 32; paper mode: 0",
    };

    public override float[] Weigh(PerturbedLayer layer, BatchedForwards forwards)
    {
        Widening widening = new(forwards.Model, forwards.Nodes, layer);
        float[] values = ChooseValues(layer);
        double[] scores = new double[layer.Chosen.Length];
        forwards.Score(
            layer.Input,
            (first, count) => widening.Call(count, wide => Ablate(layer, wide, layer.Chosen.AsSpan(first, count), values.AsSpan(first, count))),
            scores);

        double whole = layer.Score;
        float[] weights = new float[layer.Channels];
        for (int i = 0; i < scores.Length; i++)
        {
            weights[layer.Chosen[i]] = (float)((whole - scores[i]) / (whole == 0 ? 1 : whole));
        }

        return weights;
    }

    private static void Ablate(PerturbedLayer layer, Tensor wide, ReadOnlySpan<int> channels, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < channels.Length; i++)
        {
            using Tensor channel = layer.Layout.Channel(wide, i, channels[i]);
            channel.Fill(values[i]);
        }
    }

    private static float[] ChooseValues(PerturbedLayer layer)
    {
        float[] values = new float[layer.Chosen.Length];
        float value = layer.Options.Compatibility == Compatibility.Reference ? layer.Activation.min().item<float>() : 0;
        if (value == 0)
        {
            return values;
        }

        for (int i = 0; i < values.Length; i++)
        {
            float start = i % ReferenceBatch == 0 ? value : values[i - 1];
            values[i] = start - ReferenceDepth;
        }

        return values;
    }
}
