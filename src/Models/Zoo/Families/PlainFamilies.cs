using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>AlexNet (Krizhevsky 2014) and VGG (Simonyan 2015): convolutions, then three linear layers.</summary>
internal static class PlainFamilies
{
    /// <summary>Channels of VGG's convolutions; 0 is a pooling.</summary>
    private static readonly Dictionary<int, int[]> Vgg = new()
    {
        [11] = [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0],
        [13] = [64, 64, 0, 128, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0],
        [16] = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0],
        [19] = [64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0],
    };

    public static IEnumerable<Architecture> Architectures =>
    [
        new("alexnet", AlexNet),
        .. Vgg.Keys.SelectMany(depth => new Architecture[]
        {
            new($"vgg{depth}", () => MakeVgg(Vgg[depth], hasNorm: false)),
            new($"vgg{depth}_bn", () => MakeVgg(Vgg[depth], hasNorm: true)),
        }),
    ];

    private static Pipeline AlexNet() => new(
        "AlexNet",
        ("features", new Sequential(
            new Conv2d(3, 64, 11, 4, 2), Function.ReLU(), Function.MaxPool2d(3, 2),
            new Conv2d(64, 192, 5, 1, 2), Function.ReLU(), Function.MaxPool2d(3, 2),
            new Conv2d(192, 384, 3, 1, 1), Function.ReLU(),
            new Conv2d(384, 256, 3, 1, 1), Function.ReLU(),
            new Conv2d(256, 256, 3, 1, 1), Function.ReLU(), Function.MaxPool2d(3, 2))),
        ("avgpool", Function.AdaptiveAvgPool2d(6)),
        (null, Function.Flatten()),
        ("classifier", new Sequential(
            new Dropout(), new Linear(256 * 6 * 6, 4096), Function.ReLU(),
            new Dropout(), new Linear(4096, 4096), Function.ReLU(),
            Linear.Head(4096))));

    private static Pipeline MakeVgg(int[] plan, bool hasNorm) => new(
        "VGG",
        ("features", new Sequential(VggFeatures(plan, hasNorm))),
        ("avgpool", Function.AdaptiveAvgPool2d(7)),
        (null, Function.Flatten()),
        ("classifier", new Sequential(
            new Linear(512 * 7 * 7, 4096), Function.ReLU(), new Dropout(),
            new Linear(4096, 4096), Function.ReLU(), new Dropout(),
            Linear.Head(4096))));

    private static IEnumerable<nn.Module<Tensor, Tensor>> VggFeatures(int[] plan, bool hasNorm)
    {
        int channels = 3;
        foreach (int next in plan)
        {
            if (next == 0)
            {
                yield return Function.MaxPool2d(2, 2);
                continue;
            }

            yield return new Conv2d(channels, next, 3, 1, 1);
            if (hasNorm)
            {
                yield return new BatchNorm2d(next);
            }

            yield return Function.ReLU();
            channels = next;
        }
    }
}
