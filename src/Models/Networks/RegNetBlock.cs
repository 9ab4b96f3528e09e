using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks;

/// <summary>x or its projection, plus 1x1, grouped 3x3, squeeze and excitation (Y only), 1x1; then ReLU.</summary>
internal sealed class RegNetBlock : Block
{
    private readonly Sequential? _proj;
    private readonly Sequential _f;
    private readonly Function _activation;

    public RegNetBlock(int channels, int next, int stride, int groupWidth, double? squeeze)
        : base("ResBottleneckBlock")
    {
        _proj = channels == next && stride == 1 ? null : Add("proj", ConvNorm.Of(channels, next, 1, stride));
        List<(string, nn.Module<Tensor, Tensor>)> steps =
        [
            ("a", ConvNorm.Of(channels, next, 1, activation: Function.ReLU)),
            ("b", ConvNorm.Of(next, next, 3, stride, next / groupWidth, activation: Function.ReLU)),
        ];
        if (squeeze is { } ratio)
        {
            steps.Add(("se", new SqueezeExcitation(next, (int)Math.Round(ratio * channels), Function.ReLU(), Function.Sigmoid())));
        }

        steps.Add(("c", ConvNorm.Of(next, next, 1)));
        _f = Add("f", new Sequential("BottleneckTransform", steps));
        _activation = Add("activation", Function.ReLU());
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor? projected = _proj?.call(input);
        using Tensor branch = _f.call(input);
        using Tensor sum = (projected ?? input) + branch;
        return _activation.call(sum);
    }
}
