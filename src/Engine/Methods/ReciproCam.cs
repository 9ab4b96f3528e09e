using CAManim.Native.Engine.Perturbation;
using CAManim.Native.Kernels.Outputs;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods;

/// <summary>Recipro-CAM: Byun and Lee 2022, "Recipro-CAM: Fast gradient-free visual explanations for convolutional neural networks" (arXiv 2209.14074), as in the authors' program.</summary>
/// <remarks>
/// <para>Every position is looked at by itself: a mask keeps its channels and sets all others to 0, and S there is the softmax score of the
/// class (its sigmoid, where that is how the network's outputs become scores: <see cref="CamOptions.Activation"/>). The image runs alone up to the layer, where it becomes a batch with one position each. Class tokens, which have no position, stay.</para>
/// <para>A target of several classes (a contrast, a counterfactual) is made of scores in the place of logits; a target function
/// gets the network's output as it is. The scaling of the map to [0,1] is left to the frames, which have both normalisations.</para>
/// <para>With <see cref="CamOptions.ReciproGaussian"/> the mask is a 3x3 Gaussian around the position, cut off at the map's borders, not scaled up
/// there. <see cref="Compatibility.Reference"/>: as the authors' program the Gaussian spreads the position's own channels over the neighbours,
/// whose channels are dropped.</para>
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
        Deviations = "with the Gaussian: the position's own channels are spread over its neighbours; paper mode: the neighbours keep theirs, weighted",
    };

    public override void Explain(PerturbedLayer layer, BatchedForwards forwards, Span<float> signedMap)
    {
        Widening widening = new(forwards.Model, forwards.Nodes, layer);
        double[] scores = new double[signedMap.Length];
        forwards.Score(layer.Input, (first, count) => widening.Call(count, wide => Keep(layer, wide, first)), scores, forwards.Target.TakesLogits ? logits => Activate(logits, layer.Options.Activation) : null);
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
        (int images, int height, int width) = ((int)maps.shape[0], (int)maps.shape[2], (int)maps.shape[3]);
        Tensor mask = tensor(Masks(first, images, height, width, layer.Options.ReciproGaussian ? 1 : 0), [images, 1, height, width]).to(maps.dtype, maps.device);
        if (layer.Options is { ReciproGaussian: true, Compatibility: Compatibility.Reference })
        {
            // The images of the batch are still the same: position first + i of any is that of image i.
            Tensor own = maps[0].flatten(1).narrow(1, first, images).t();
            maps.copy_(own.reshape(images, own.shape[1], 1, 1).mul(mask));
            return;
        }

        maps.mul_(mask);
    }

    // [images,h,w]: 1 at the position, or a Gaussian around it.
    private static float[] Masks(int first, int images, int height, int width, int reach)
    {
        float[] masks = new float[images * height * width];
        for (int i = 0; i < images; i++)
        {
            (int y, int x) = Math.DivRem(first + i, width);
            for (int v = Math.Max(y - reach, 0); v <= Math.Min(y + reach, height - 1); v++)
            {
                for (int u = Math.Max(x - reach, 0); u <= Math.Min(x + reach, width - 1); u++)
                {
                    masks[(((i * height) + v) * width) + u] = reach == 0 ? 1 : Binomial(v - y) * Binomial(u - x);
                }
            }
        }

        return masks;
    }

    // 1/4, 1/2, 1/4: a Gaussian of three.
    private static float Binomial(int distance) => distance == 0 ? 0.5f : 0.25f;

    private static Tensor Activate(Tensor logits, ScoreActivation activation) => activation switch
    {
        ScoreActivation.Sigmoid => logits.sigmoid(),
        ScoreActivation.None => logits,
        _ => logits.softmax(-1),
    };
}
