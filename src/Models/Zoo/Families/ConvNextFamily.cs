using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>ConvNeXt (Liu 2022).</summary>
internal static class ConvNextFamily
{
    public static IEnumerable<Architecture> Architectures =>
    [
        new("convnext_tiny", () => Make([96, 192, 384, 768], 9, 0.1), ResizeSize: 236),
        new("convnext_small", () => Make([96, 192, 384, 768], 27, 0.4), ResizeSize: 230),
        new("convnext_base", () => Make([128, 256, 512, 1024], 27, 0.5), ResizeSize: 232),
        new("convnext_large", () => Make([192, 384, 768, 1536], 27, 0.5), ResizeSize: 232),
    ];

    private static Pipeline Make(int[] widths, int thirdStage, double dropProbability)
    {
        int[] counts = [3, 3, thirdStage, 3];
        double total = counts.Sum() - 1.0;
        int index = 0;
        List<nn.Module<Tensor, Tensor>> features =
        [
            new Sequential("Conv2dNormActivation", [new Conv2d(3, widths[0], 4, 4), Norm(widths[0])]),
        ];
        for (int stage = 0; stage < widths.Length; stage++)
        {
            features.Add(new Sequential([.. Enumerable.Range(0, counts[stage]).Select(_ => new ConvNextBlock(widths[stage], dropProbability * index++ / total))]));
            if (stage < widths.Length - 1)
            {
                features.Add(new Sequential(Norm(widths[stage]), new Conv2d(widths[stage], widths[stage + 1], 2, 2)));
            }
        }

        return new Pipeline(
            "ConvNeXt",
            ("features", new Sequential(features)),
            ("avgpool", Function.AdaptiveAvgPool2d()),
            ("classifier", new Sequential(Norm(widths[^1]), Function.Flatten(), Linear.Head(widths[^1]))));
    }

    private static LayerNorm Norm(int channels) => new(channels, 1e-6, isSpatial: true);
}
