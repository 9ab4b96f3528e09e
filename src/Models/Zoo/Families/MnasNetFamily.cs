using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>MNASNet-B1 (Tan 2019) in four widths.</summary>
internal static class MnasNetFamily
{
    private const double Momentum = 1 - 0.9997;

    public static IEnumerable<Architecture> Architectures =>
    [
        new("mnasnet0_5", () => Make(0.5)),
        new("mnasnet0_75", () => Make(0.75), ResizeSize: 232),
        new("mnasnet1_0", () => Make(1)),
        new("mnasnet1_3", () => Make(1.3), ResizeSize: 232),
    ];

    private static Pipeline Make(double alpha)
    {
        int[] c = Array.ConvertAll(new[] { 32, 16, 24, 40, 80, 96, 192, 320 }, channels => Channels.Divisible(channels * alpha));
        return new Pipeline(
            "MNASNet",
            ("layers", new Sequential(
            [
                .. Conv(3, c[0], 3, 2),
                .. Conv(c[0], c[0], 3, 1, c[0]),
                new Conv2d(c[0], c[1], 1, hasBias: false), new BatchNorm2d(c[1], momentum: Momentum),
                Stack(c[1], c[2], 3, 2, 3, 3), Stack(c[2], c[3], 5, 2, 3, 3), Stack(c[3], c[4], 5, 2, 6, 3),
                Stack(c[4], c[5], 3, 1, 6, 2), Stack(c[5], c[6], 5, 2, 6, 4), Stack(c[6], c[7], 3, 1, 6, 1),
                .. Conv(c[7], 1280, 1, 1),
            ])),
            (null, Function.SpatialMean()),
            ("classifier", new Sequential(new Dropout(0.2), Linear.Head(1280))));
    }

    private static Sequential Stack(int channels, int next, int kernel, int stride, int expansion, int count) =>
        new(Enumerable.Range(0, count).Select(i => i == 0 ? Inverted(channels, next, kernel, stride, expansion) : Inverted(next, next, kernel, 1, expansion)));

    private static Residual Inverted(int channels, int next, int kernel, int stride, int expansion)
    {
        int hidden = channels * expansion;
        var layers = new Sequential(
        [
            .. Conv(channels, hidden, 1, 1), .. Conv(hidden, hidden, kernel, stride, hidden),
            new Conv2d(hidden, next, 1, hasBias: false), new BatchNorm2d(next, momentum: Momentum),
        ]);
        return new Residual("_InvertedResidual", "layers", layers, channels == next && stride == 1);
    }

    private static IEnumerable<nn.Module<Tensor, Tensor>> Conv(int channels, int next, int kernel, int stride, int groups = 1) =>
        [new Conv2d(channels, next, kernel, stride, kernel / 2, groups, hasBias: false), new BatchNorm2d(next, momentum: Momentum), Function.ReLU()];
}
