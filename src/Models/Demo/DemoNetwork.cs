using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Demo;

/// <summary>
/// The network of the demo: a small ResNet for 128x128 images, named as torchvision names its own
/// (<c>conv1</c>, <c>bn1</c>, <c>relu</c>, <c>layer1</c> to <c>layer4</c>, <c>avgpool</c>, <c>fc</c>).
/// </summary>
/// <remarks>
/// In: [N,3,128,128], out: logits [N,classes]. The stem and the first two stages halve the size (64, 32, 16); the last two keep
/// 16x16, finer than a ResNet's usual 1/16 or 1/32, so that the last maps still say where something is.
/// </remarks>
public sealed class DemoNetwork : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006 // Child names are the names of the weights.
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly DemoChain layer1;
    private readonly DemoChain layer2;
    private readonly DemoChain layer3;
    private readonly DemoChain layer4;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear fc;
#pragma warning restore IDE1006

    /// <summary>An untrained network, its parameters drawn from torch's generator.</summary>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
    public DemoNetwork(int classes)
        : base(nameof(DemoNetwork))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        conv1 = nn.Conv2d(3, 16, 5, stride: 2, padding: 2, bias: false);
        bn1 = nn.BatchNorm2d(16);
        relu = nn.ReLU(inplace: false);
        layer1 = Stage(16, 24, 2);
        layer2 = Stage(24, 48, 2);
        layer3 = Stage(48, 64, 1);
        layer4 = Stage(64, 80, 1);
        avgpool = nn.AdaptiveAvgPool2d(1);
        fc = nn.Linear(80, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor value = relu.call(bn1.call(conv1.call(input)));
        value = layer4.call(layer3.call(layer2.call(layer1.call(value))));
        return fc.call(avgpool.call(value).flatten(1));
    }

    private static DemoChain Stage(int channels, int outputs, int stride) =>
        new(new DemoBlock(channels, outputs, stride), new DemoBlock(outputs, outputs, 1));
}
