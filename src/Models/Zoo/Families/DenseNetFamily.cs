using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>DenseNet (Huang 2017).</summary>
internal static class DenseNetFamily
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("densenet121", () => Make(32, [6, 12, 24, 16], 64)),
        new("densenet161", () => Make(48, [6, 12, 36, 24], 96)),
        new("densenet169", () => Make(32, [6, 12, 32, 32], 64)),
        new("densenet201", () => Make(32, [6, 12, 48, 32], 64)),
    ];

    private static Pipeline Make(int growth, int[] layers, int channels)
    {
        List<(string, nn.Module<Tensor, Tensor>)> features =
        [
            ("conv0", new Conv2d(3, channels, 7, 2, 3, hasBias: false)),
            ("norm0", new BatchNorm2d(channels)),
            ("relu0", Function.ReLU()),
            ("pool0", Function.MaxPool2d(3, 2, 1)),
        ];
        for (int i = 0; i < layers.Length; i++)
        {
            int before = channels;
            features.Add(($"denseblock{i + 1}", new DenseBlock(Enumerable.Range(0, layers[i]).Select(k => Layer(before + (k * growth), growth)))));
            channels += layers[i] * growth;
            if (i < layers.Length - 1)
            {
                features.Add(($"transition{i + 1}", Transition(channels)));
                channels /= 2;
            }
        }

        features.Add(("norm5", new BatchNorm2d(channels)));
        return new Pipeline(
            "DenseNet",
            ("features", new Sequential("Sequential", features)),
            (null, Function.ReLU()),
            (null, Function.AdaptiveAvgPool2d()),
            (null, Function.Flatten()),
            ("classifier", Linear.Head(channels)));
    }

    private static Pipeline Layer(int channels, int growth) => new(
        "_DenseLayer",
        ("norm1", new BatchNorm2d(channels)),
        ("relu1", Function.ReLU()),
        ("conv1", new Conv2d(channels, 4 * growth, 1, hasBias: false)),
        ("norm2", new BatchNorm2d(4 * growth)),
        ("relu2", Function.ReLU()),
        ("conv2", new Conv2d(4 * growth, growth, 3, 1, 1, hasBias: false)));

    private static Pipeline Transition(int channels) => new(
        "_Transition",
        ("norm", new BatchNorm2d(channels)),
        ("relu", Function.ReLU()),
        ("conv", new Conv2d(channels, channels / 2, 1, hasBias: false)),
        ("pool", Function.AvgPool2d(2, 2)));
}
