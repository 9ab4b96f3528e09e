using CAManim.Native.Models.Networks;
using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks.ResNets;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Demo;

/// <summary>
/// The network of the demo: a small ResNet for 128x128 images, named as torchvision names its own
/// (<c>conv1</c>, <c>bn1</c>, <c>relu</c>, <c>layer1</c> to <c>layer4</c>, <c>avgpool</c>, <c>fc</c>).
/// </summary>
/// <remarks>
/// In: [N,3,128,128], out: logits [N,classes]. The stem and the first two stages halve the size (64, 32, 16); the last two keep
/// 16x16, finer than a ResNet's usual 1/32 of the input, so that the last maps still say where something is.
/// </remarks>
internal sealed class DemoNetwork : Block
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Function _relu;
    private readonly Sequential[] _layers;
    private readonly Function _avgpool;
    private readonly Linear _fc;

    /// <summary>A network without values.</summary>
    /// <param name="classes">Number of classes.</param>
    public DemoNetwork(int classes)
        : base(nameof(DemoNetwork))
    {
        _conv1 = Add("conv1", new Conv2d(3, 16, 5, 2, 2, hasBias: false));
        _bn1 = Add("bn1", new BatchNorm2d(16));
        _relu = Add("relu", Function.ReLU());
        _layers =
        [
            Add("layer1", Stage(16, 16, 2)),
            Add("layer2", Stage(16, 32, 2)),
            Add("layer3", Stage(32, 48, 1)),
            Add("layer4", Stage(48, 64, 1)),
        ];
        _avgpool = Add("avgpool", Function.AdaptiveAvgPool2d());
        _fc = Add("fc", Linear.Head(64, classes));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using Tensor features = Chain(input, _conv1, _bn1, _relu, _layers[0], _layers[1], _layers[2], _layers[3], _avgpool);
        using Tensor flat = features.flatten(1);
        return _fc.call(flat);
    }

    private static Sequential Stage(int channels, int planes, int stride) => new(
        new BasicBlock(channels, planes, stride, new Sequential(new Conv2d(channels, planes, 1, stride, hasBias: false), new BatchNorm2d(planes))),
        new BasicBlock(planes, planes, 1, null));
}
