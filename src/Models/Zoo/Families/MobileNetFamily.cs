using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>MobileNet version 2 (Sandler 2018) and 3 (Howard 2019).</summary>
internal static class MobileNetFamily
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("mobilenet_v2", Version2),
        new("mobilenet_v3_large", () => Version3(1280,
            [
                new(16, 3, 16, 16, false, false, 1), new(16, 3, 64, 24, false, false, 2), new(24, 3, 72, 24, false, false, 1),
                new(24, 5, 72, 40, true, false, 2), new(40, 5, 120, 40, true, false, 1), new(40, 5, 120, 40, true, false, 1),
                new(40, 3, 240, 80, false, true, 2), new(80, 3, 200, 80, false, true, 1), new(80, 3, 184, 80, false, true, 1), new(80, 3, 184, 80, false, true, 1),
                new(80, 3, 480, 112, true, true, 1), new(112, 3, 672, 112, true, true, 1),
                new(112, 5, 672, 160, true, true, 2), new(160, 5, 960, 160, true, true, 1), new(160, 5, 960, 160, true, true, 1),
            ])),
        new("mobilenet_v3_small", () => Version3(1024,
            [
                new(16, 3, 16, 16, true, false, 2), new(16, 3, 72, 24, false, false, 2), new(24, 3, 88, 24, false, false, 1),
                new(24, 5, 96, 40, true, true, 2), new(40, 5, 240, 40, true, true, 1), new(40, 5, 240, 40, true, true, 1),
                new(40, 5, 120, 48, true, true, 1), new(48, 5, 144, 48, true, true, 1),
                new(48, 5, 288, 96, true, true, 2), new(96, 5, 576, 96, true, true, 1), new(96, 5, 576, 96, true, true, 1),
            ])),
    ];

    private static Pipeline Version2()
    {
        // Expansion, channels, repetitions, stride of the first: table 2 of the paper.
        (int Expansion, int Channels, int Count, int Stride)[] plan = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];
        List<nn.Module<Tensor, Tensor>> features = [ConvNorm.Of(3, 32, stride: 2, activation: Function.ReLU6)];
        int channels = 32;
        foreach ((int expansion, int next, int count, int stride) in plan)
        {
            for (int i = 0; i < count; i++)
            {
                features.Add(Inverted2(channels, next, i == 0 ? stride : 1, expansion));
                channels = next;
            }
        }

        features.Add(ConvNorm.Of(channels, 1280, 1, activation: Function.ReLU6));
        return new Pipeline(
            "MobileNetV2",
            ("features", new Sequential(features)),
            (null, Function.AdaptiveAvgPool2d()),
            (null, Function.Flatten()),
            ("classifier", new Sequential(new Dropout(0.2), Linear.Head(1280))));
    }

    private static Residual Inverted2(int channels, int next, int stride, int expansion)
    {
        int hidden = channels * expansion;
        List<nn.Module<Tensor, Tensor>> steps = expansion == 1 ? [] : [ConvNorm.Of(channels, hidden, 1, activation: Function.ReLU6)];
        steps.Add(ConvNorm.Of(hidden, hidden, 3, stride, hidden, activation: Function.ReLU6));
        steps.Add(new Conv2d(hidden, next, 1, hasBias: false));
        steps.Add(new BatchNorm2d(next));
        return new Residual("InvertedResidual", "conv", new Sequential(steps), stride == 1 && channels == next);
    }

    private static Pipeline Version3(int lastChannels, Bottleneck3[] plan)
    {
        List<nn.Module<Tensor, Tensor>> features = [ConvNorm.Of(3, 16, stride: 2, norm: Norm, activation: Function.Hardswish)];
        features.AddRange(plan.Select(Inverted3));
        int channels = plan[^1].Out;
        features.Add(ConvNorm.Of(channels, 6 * channels, 1, norm: Norm, activation: Function.Hardswish));
        return new Pipeline(
            "MobileNetV3",
            ("features", new Sequential(features)),
            ("avgpool", Function.AdaptiveAvgPool2d()),
            (null, Function.Flatten()),
            ("classifier", new Sequential(new Linear(6 * channels, lastChannels), Function.Hardswish(), new Dropout(0.2), Linear.Head(lastChannels))));
    }

    private static Residual Inverted3(Bottleneck3 b)
    {
        Func<Block> activation = b.HasHardswish ? Function.Hardswish : Function.ReLU;
        List<nn.Module<Tensor, Tensor>> steps = b.Expanded == b.In ? [] : [ConvNorm.Of(b.In, b.Expanded, 1, norm: Norm, activation: activation)];
        steps.Add(ConvNorm.Of(b.Expanded, b.Expanded, b.Kernel, b.Stride, b.Expanded, Norm, activation));
        if (b.HasSqueeze)
        {
            steps.Add(new SqueezeExcitation(b.Expanded, Channels.Divisible(b.Expanded / 4), Function.ReLU(), Function.Hardsigmoid()));
        }

        steps.Add(ConvNorm.Of(b.Expanded, b.Out, 1, norm: Norm));
        return new Residual("InvertedResidual", "block", new Sequential(steps), b.Stride == 1 && b.In == b.Out);
    }

    private static BatchNorm2d Norm(int channels) => new(channels, 0.001, 0.01);

    /// <summary>A row of tables 1 and 2 of the third version's paper.</summary>
    private sealed record Bottleneck3(int In, int Kernel, int Expanded, int Out, bool HasSqueeze, bool HasHardswish, int Stride);
}
