using CAManim.Native.Engine.Perturbation;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods;

/// <summary>Recipro-CAM: Byun and Lee 2022, "Recipro-CAM: Fast gradient-free visual explanations for convolutional neural networks" (arXiv 2209.14074), as in the authors' program.</summary>
/// <remarks>
/// <para>Every position is looked at by itself: a mask keeps its channels and sets all others to 0, and S there is the softmax score of the
/// class. The image runs alone up to the layer, where it becomes a batch with one position each. Class tokens, which have no position, stay.</para>
/// <para>A target of several classes (a contrast, a counterfactual) is made of softmax scores in the place of logits; a target function
/// gets the network's output as it is. The scaling of the map to [0,1] is left to the frames, which have both normalisations.</para>
/// <para>The mask has one position, as in the authors' program; their variant that spreads it by a 3x3 Gaussian is not offered.</para>
/// </remarks>
internal sealed class ReciproCam : RerunMethod
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.ReciproCAM,
        Name = "Recipro-CAM",
        Formula = "S_i = softmax score of the class with all positions of A but i set to 0",
        Source = "Byun and Lee 2022, Recipro-CAM (arXiv 2209.14074)",
        ForwardsPerPosition = 1,
    };

    public override void Explain(PerturbedLayer layer, BatchedForwards forwards, Span<float> signedMap)
    {
        Widening widening = new(forwards.Model, forwards.Nodes, layer);
        double[] scores = new double[signedMap.Length];
        for (int from = 0; from < scores.Length; from += forwards.BatchSize)
        {
            int start = from;
            int count = Math.Min(forwards.BatchSize, scores.Length - from);
            forwards.Score(() => Soften(widening.Call(count, wide => Keep(layer, wide, start)), forwards), scores.AsSpan(from, count));
        }

        for (int i = 0; i < scores.Length; i++)
        {
            signedMap[i] = (float)scores[i];
        }
    }

    // Image i of the batch keeps position first + i.
    private static void Keep(PerturbedLayer layer, Tensor wide, int first)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor maps = layer.Layout.Fold(wide);
        (long images, long height, long width) = (maps.shape[0], maps.shape[2], maps.shape[3]);
        Tensor kept = zeros(images, height * width, dtype: maps.dtype, device: maps.device);
        using Scalar one = 1;
        for (int i = 0; i < images; i++)
        {
            kept[i, first + i].fill_(one);
        }

        maps.mul_(kept.reshape(images, 1, height, width));
    }

    private static Tensor Soften(Tensor output, BatchedForwards forwards) => forwards.Target.TakesLogits ? output.softmax(-1) : output;
}
