using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

internal static class TestNets
{
    public const int Seed = 20240101;

    /// <summary>conv, batch norm, ReLU, conv, ReLU, pool, linear as a Sequential, which disposes what flows between its children.</summary>
    public static nn.Module<Tensor, Tensor> Chain(bool inplace)
    {
        random.manual_seed(Seed);
        return nn.Sequential(
            ("conv1", nn.Conv2d(3, 6, 3, padding: 1)),
            ("bn1", nn.BatchNorm2d(6)),
            ("relu1", nn.ReLU(inplace)),
            ("conv2", nn.Conv2d(6, 5, 3, stride: 2, padding: 1)),
            ("relu2", nn.ReLU(inplace)),
            ("pool", nn.AdaptiveAvgPool2d(2)),
            ("flatten", nn.Flatten()),
            ("fc", nn.Linear(20, 4)));
    }

    public static Tensor Input(int images = 1, int size = 9)
    {
        random.manual_seed(Seed + 1);
        return randn(images, 3, size, size);
    }
}
