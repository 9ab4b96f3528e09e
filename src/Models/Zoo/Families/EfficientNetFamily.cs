using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>EfficientNet version 1 (Tan 2019) and 2 (Tan 2021).</summary>
internal static class EfficientNetFamily
{
    /// <summary>Table 1 of the first paper; widths and depths are scaled.</summary>
    private static readonly Stage[] Version1 =
    [
        new(false, 1, 3, 1, 32, 16, 1), new(false, 6, 3, 2, 16, 24, 2), new(false, 6, 5, 2, 24, 40, 2), new(false, 6, 3, 2, 40, 80, 3),
        new(false, 6, 5, 1, 80, 112, 3), new(false, 6, 5, 2, 112, 192, 4), new(false, 6, 3, 1, 192, 320, 1),
    ];

    private static readonly Stage[] Small =
    [
        new(true, 1, 3, 1, 24, 24, 2), new(true, 4, 3, 2, 24, 48, 4), new(true, 4, 3, 2, 48, 64, 4),
        new(false, 4, 3, 2, 64, 128, 6), new(false, 6, 3, 1, 128, 160, 9), new(false, 6, 3, 2, 160, 256, 15),
    ];

    private static readonly Stage[] Medium =
    [
        new(true, 1, 3, 1, 24, 24, 3), new(true, 4, 3, 2, 24, 48, 5), new(true, 4, 3, 2, 48, 80, 5),
        new(false, 4, 3, 2, 80, 160, 7), new(false, 6, 3, 1, 160, 176, 14), new(false, 6, 3, 2, 176, 304, 18), new(false, 6, 3, 1, 304, 512, 5),
    ];

    private static readonly Stage[] Large =
    [
        new(true, 1, 3, 1, 32, 32, 4), new(true, 4, 3, 2, 32, 64, 7), new(true, 4, 3, 2, 64, 96, 7),
        new(false, 4, 3, 2, 96, 192, 10), new(false, 6, 3, 1, 192, 224, 19), new(false, 6, 3, 2, 224, 384, 25), new(false, 6, 3, 1, 384, 640, 7),
    ];

    public static IEnumerable<Architecture> Architectures =>
    [
        new("efficientnet_b0", () => Scaled(1, 1, 0.2), 224, 256),
        new("efficientnet_b1", () => Scaled(1, 1.1, 0.2), 240, 256),
        new("efficientnet_b2", () => Scaled(1.1, 1.2, 0.3), 288, 288),
        new("efficientnet_b3", () => Scaled(1.2, 1.4, 0.3), 300, 320),
        new("efficientnet_b4", () => Scaled(1.4, 1.8, 0.4), 380, 384),
        new("efficientnet_b5", () => Scaled(1.6, 2.2, 0.4, Precise), 456, 456),
        new("efficientnet_b6", () => Scaled(1.8, 2.6, 0.5, Precise), 528, 528),
        new("efficientnet_b7", () => Scaled(2, 3.1, 0.5, Precise), 600, 600),
        new("efficientnet_v2_s", () => Make(Small, 0.2, 1280, Tight), 384, 384),
        new("efficientnet_v2_m", () => Make(Medium, 0.3, 1280, Tight), 480, 480),
        new("efficientnet_v2_l", () => Make(Large, 0.4, 1280, Tight), 480, 480) { Mean = [0.5f, 0.5f, 0.5f], StandardDeviation = [0.5f, 0.5f, 0.5f] },
    ];

    private static BatchNorm2d Precise(int channels) => new(channels, 0.001, 0.01);

    private static BatchNorm2d Tight(int channels) => new(channels, 0.001);

    private static Pipeline Scaled(double width, double depth, double dropout, Func<int, Block>? norm = null) => Make(
        [.. Version1.Select(s => s with { In = Channels.Divisible(s.In * width), Out = Channels.Divisible(s.Out * width), Count = (int)Math.Ceiling(s.Count * depth) })],
        dropout,
        null,
        norm ?? (channels => new BatchNorm2d(channels)));

    private static Pipeline Make(Stage[] stages, double dropout, int? lastChannels, Func<int, Block> norm)
    {
        List<nn.Module<Tensor, Tensor>> features = [ConvNorm.Of(3, stages[0].In, 3, 2, norm: norm, activation: Function.SiLU)];
        double total = stages.Sum(s => s.Count);
        int index = 0;
        foreach (Stage stage in stages)
        {
            var blocks = new List<nn.Module<Tensor, Tensor>>(stage.Count);
            for (int i = 0; i < stage.Count; i++)
            {
                Stage block = i == 0 ? stage : stage with { In = stage.Out, Stride = 1 };
                double drop = 0.2 * index++ / total;
                blocks.Add(block.IsFused ? Fused(block, drop, norm) : Inverted(block, drop, norm));
            }

            features.Add(new Sequential(blocks));
        }

        int channels = stages[^1].Out;
        int last = lastChannels ?? 4 * channels;
        features.Add(ConvNorm.Of(channels, last, 1, norm: norm, activation: Function.SiLU));
        return new Pipeline(
            "EfficientNet",
            ("features", new Sequential(features)),
            ("avgpool", Function.AdaptiveAvgPool2d()),
            (null, Function.Flatten()),
            ("classifier", new Sequential(new Dropout(dropout), Linear.Head(last))));
    }

    private static Residual Inverted(Stage s, double drop, Func<int, Block> norm)
    {
        int expanded = Channels.Divisible(s.In * s.Expansion);
        List<nn.Module<Tensor, Tensor>> steps = expanded == s.In ? [] : [ConvNorm.Of(s.In, expanded, 1, norm: norm, activation: Function.SiLU)];
        steps.Add(ConvNorm.Of(expanded, expanded, s.Kernel, s.Stride, expanded, norm, Function.SiLU));
        steps.Add(new SqueezeExcitation(expanded, Math.Max(1, s.In / 4), Function.SiLU(), Function.Sigmoid()));
        steps.Add(ConvNorm.Of(expanded, s.Out, 1, norm: norm));
        return new Residual("MBConv", "block", new Sequential(steps), s.Stride == 1 && s.In == s.Out, drop);
    }

    private static Residual Fused(Stage s, double drop, Func<int, Block> norm)
    {
        int expanded = Channels.Divisible(s.In * s.Expansion);
        Sequential steps = expanded == s.In
            ? new Sequential(ConvNorm.Of(s.In, s.Out, s.Kernel, s.Stride, norm: norm, activation: Function.SiLU))
            : new Sequential(ConvNorm.Of(s.In, expanded, s.Kernel, s.Stride, norm: norm, activation: Function.SiLU), ConvNorm.Of(expanded, s.Out, 1, norm: norm));
        return new Residual("FusedMBConv", "block", steps, s.Stride == 1 && s.In == s.Out, drop);
    }

    private sealed record Stage(bool IsFused, int Expansion, int Kernel, int Stride, int In, int Out, int Count);
}
