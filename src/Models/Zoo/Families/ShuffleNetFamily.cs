using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>ShuffleNet version 2 (Ma 2018) in four widths.</summary>
internal static class ShuffleNetFamily
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("shufflenet_v2_x0_5", () => Make(48, 96, 192, 1024)),
        new("shufflenet_v2_x1_0", () => Make(116, 232, 464, 1024)),
        new("shufflenet_v2_x1_5", () => Make(176, 352, 704, 1024), ResizeSize: 232),
        new("shufflenet_v2_x2_0", () => Make(244, 488, 976, 2048), ResizeSize: 232),
    ];

    private static Pipeline Make(int second, int third, int fourth, int last) => new(
        "ShuffleNetV2",
        ("conv1", Conv(3, 24, 3, 2)),
        ("maxpool", Function.MaxPool2d(3, 2, 1)),
        ("stage2", Stage(24, second, 4)),
        ("stage3", Stage(second, third, 8)),
        ("stage4", Stage(third, fourth, 4)),
        ("conv5", Conv(fourth, last, 1, 1)),
        (null, Function.SpatialMean()),
        ("fc", Linear.Head(last)));

    private static Sequential Stage(int channels, int next, int count) =>
        new(Enumerable.Range(0, count).Select(i => new ShuffleBlock(i == 0 ? channels : next, next, i == 0 ? 2 : 1)));

    private static Sequential Conv(int channels, int next, int kernel, int stride) =>
        new(new Conv2d(channels, next, kernel, stride, kernel / 2, hasBias: false), new BatchNorm2d(next), Function.ReLU());
}
