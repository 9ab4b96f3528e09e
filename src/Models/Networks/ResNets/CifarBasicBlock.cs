using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.ResNets;

/// <summary>Two 3x3 convolutions and a shortcut that is a module also where it is the identity; its ReLUs are functions.</summary>
internal sealed class CifarBasicBlock : Block
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Block _shortcut;

    public CifarBasicBlock(int inChannels, int planes, int stride)
        : base("BasicBlock")
    {
        _conv1 = Add("conv1", new Conv2d(inChannels, planes, 3, stride, 1, hasBias: false));
        _bn1 = Add("bn1", new BatchNorm2d(planes));
        _conv2 = Add("conv2", new Conv2d(planes, planes, 3, 1, 1, hasBias: false));
        _bn2 = Add("bn2", new BatchNorm2d(planes));
        _shortcut = Add<Block>("shortcut", stride == 1 && inChannels == planes ? new Sequential() : Subsample((planes - inChannels) / 2));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor first = Chain(input, _conv1, _bn1);
        using Tensor active = first.relu();
        using Tensor main = Chain(active, _conv2, _bn2);
        using Tensor shortcut = _shortcut.call(input);
        using Tensor sum = main.Plus(shortcut);
        return sum.relu();
    }

    /// <summary>Every second pixel, zero channels on both sides.</summary>
    private static Function Subsample(int padding) => new("LambdaLayer", x =>
    {
        using Tensor rows = x.slice(2, 0, x.shape[2], 2);
        using Tensor pixels = rows.slice(3, 0, x.shape[3], 2);
        return nn.functional.pad(pixels, [0, 0, 0, 0, padding, padding], TorchSharp.PaddingModes.Constant, 0);
    });
}
