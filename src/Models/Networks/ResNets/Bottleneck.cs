using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.ResNets;

/// <summary>1x1, 3x3 (with the stride: version 1.5) and 1x1 convolution and the shortcut (He 2016); grouped or widened for ResNeXt and Wide ResNet.</summary>
internal sealed class Bottleneck : Block
{
    public const int Expansion = 4;

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Conv2d _conv3;
    private readonly BatchNorm2d _bn3;
    private readonly Function _relu;
    private readonly Sequential? _downsample;

    public Bottleneck(int inChannels, int planes, int stride, Sequential? downsample, int groups, int baseWidth)
        : base(nameof(Bottleneck))
    {
        int width = (planes * baseWidth / 64) * groups;
        _conv1 = Add("conv1", new Conv2d(inChannels, width, 1, hasBias: false));
        _bn1 = Add("bn1", new BatchNorm2d(width));
        _conv2 = Add("conv2", new Conv2d(width, width, 3, stride, 1, groups, hasBias: false));
        _bn2 = Add("bn2", new BatchNorm2d(width));
        _conv3 = Add("conv3", new Conv2d(width, planes * Expansion, 1, hasBias: false));
        _bn3 = Add("bn3", new BatchNorm2d(planes * Expansion));
        _relu = Add("relu", Function.ReLU());
        _downsample = downsample is null ? null : Add("downsample", downsample);
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor main = Chain(input, _conv1, _bn1, _relu, _conv2, _bn2, _relu, _conv3, _bn3);
        using Tensor? shortcut = _downsample?.call(input);
        using Tensor sum = main + (shortcut ?? input);
        return _relu.call(sum);
    }
}
