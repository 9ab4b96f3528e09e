using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>SqueezeNet (Iandola 2016).</summary>
internal static class SqueezeNetFamily
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("squeezenet1_0", () => Make(new Conv2d(3, 96, 7, 2), Pool(),
            Fire(96, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), Pool(),
            Fire(256, 32, 128), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Pool(),
            Fire(512, 64, 256))),
        new("squeezenet1_1", () => Make(new Conv2d(3, 64, 3, 2), Pool(),
            Fire(64, 16, 64), Fire(128, 16, 64), Pool(),
            Fire(128, 32, 128), Fire(256, 32, 128), Pool(),
            Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Fire(512, 64, 256))),
    ];

    private static Pipeline Make(Conv2d stem, params nn.Module<Tensor, Tensor>[] rest) => new(
        "SqueezeNet",
        ("features", new Sequential([stem, Function.ReLU(), .. rest])),
        ("classifier", new Sequential(new Dropout(), Conv2d.Head(512), Function.ReLU(), Function.AdaptiveAvgPool2d())),
        (null, Function.Flatten()));

    private static Function Pool() => Function.MaxPool2d(3, 2, ceilMode: true);

    /// <summary>1x1 down to few channels, then 1x1 and 3x3 side by side.</summary>
    private static Branching Fire(int channels, int squeezed, int expanded) => new("Fire", new Branch(
        [("squeeze", new Conv2d(channels, squeezed, 1)), ("squeeze_activation", Function.ReLU())],
        Branch.Of(("expand1x1", new Conv2d(squeezed, expanded, 1)), ("expand1x1_activation", Function.ReLU())),
        Branch.Of(("expand3x3", new Conv2d(squeezed, expanded, 3, 1, 1)), ("expand3x3_activation", Function.ReLU()))));
}
