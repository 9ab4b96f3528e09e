using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Perturbation;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods;

/// <summary>ScoreCAM: Wang et al. 2020, "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", eq. 7 to 9.</summary>
/// <remarks>
/// Every channel is resized to the input (bilinear, corners aligned, as in pytorch-grad-cam; the paper does not say), scaled to [0,1]
/// and multiplied into the input. The paper's baseline score is the same for all channels and so cancels in the softmax. 1e-8 in the
/// denominator is the peer's: a constant channel masks everything. With a channel limit the softmax is over the channels that are left.
/// </remarks>
internal sealed class ScoreCam : PerturbationMethod
{
    private const float Epsilon = 1e-8f;

    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.ScoreCAM,
        Name = "ScoreCAM",
        Formula = "S = sum_k w_k A_k, w = softmax over k of the score of the input times A_k resized and scaled to [0,1]",
        Source = "Wang et al. 2020, Score-CAM, eq. 7 to 9",
        ForwardsPerChannel = 1,
    };

    public override float[] Weigh(PerturbedLayer layer, BatchedForwards forwards)
    {
        double[] scores = new double[layer.Chosen.Length];
        forwards.Score(layer.Input, (first, count) => forwards.Model.call(InputLayout.Arrange(Mask(layer, layer.Chosen[first..(first + count)]), layer.Options.MemoryFormat)), scores);

        double largest = scores.Max();
        double sum = scores.Sum(s => Math.Exp(s - largest));
        float[] weights = new float[layer.Channels];
        for (int i = 0; i < scores.Length; i++)
        {
            weights[layer.Chosen[i]] = (float)(Math.Exp(scores[i] - largest) / sum);
        }

        return weights;
    }

    private static Tensor Mask(PerturbedLayer layer, int[] channels)
    {
        Tensor index = tensor(channels.Select(k => (long)k).ToArray(), device: layer.Folded.device);
        Tensor maps = layer.Folded.index_select(1, index).transpose(0, 1);
        Tensor masks = nn.functional.interpolate(maps, [layer.Input.shape[2], layer.Input.shape[3]], mode: InterpolationMode.Bilinear, align_corners: true);
        Tensor low = masks.amin([1, 2, 3], keepdim: true);
        Tensor high = masks.amax([1, 2, 3], keepdim: true);
        return masks.Minus(low).div(high.Minus(low).Plus(Epsilon)).mul(layer.Input);
    }
}
