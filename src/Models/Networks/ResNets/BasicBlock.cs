using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.ResNets;

/// <summary>Two 3x3 convolutions and the shortcut (He 2016).</summary>
internal sealed class BasicBlock : Block
{
    public const int Expansion = 1;

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Function _relu;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Sequential? _downsample;

    public BasicBlock(int inChannels, int planes, int stride, Sequential? downsample)
        : base(nameof(BasicBlock))
    {
        _conv1 = Add("conv1", new Conv2d(inChannels, planes, 3, stride, 1, hasBias: false));
        _bn1 = Add("bn1", new BatchNorm2d(planes));
        _relu = Add("relu", Function.ReLU());
        _conv2 = Add("conv2", new Conv2d(planes, planes, 3, 1, 1, hasBias: false));
        _bn2 = Add("bn2", new BatchNorm2d(planes));
        _downsample = downsample is null ? null : Add("downsample", downsample);
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor main = Chain(input, _conv1, _bn1, _relu, _conv2, _bn2);
        using Tensor? shortcut = _downsample?.call(input);
        using Tensor sum = main + (shortcut ?? input);
        return _relu.call(sum);
    }
}
