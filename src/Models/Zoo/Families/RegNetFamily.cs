using CAManim.Native.Models.Networks.Layers;
using CAManim.Native.Models.Networks;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>RegNet X and Y (Radosavovic 2020): widths follow a quantised line.</summary>
internal static class RegNetFamily
{
    private const double SqueezeRatio = 0.25;

    public static IEnumerable<Architecture> Architectures =>
    [
        new("regnet_x_400mf", () => Make(22, 24, 24.48, 2.54, 16)),
        new("regnet_x_800mf", () => Make(16, 56, 35.73, 2.28, 16)),
        new("regnet_x_1_6gf", () => Make(18, 80, 34.01, 2.25, 24)),
        new("regnet_x_3_2gf", () => Make(25, 88, 26.31, 2.25, 48)),
        new("regnet_x_8gf", () => Make(23, 80, 49.56, 2.88, 120)),
        new("regnet_x_16gf", () => Make(22, 216, 55.59, 2.1, 128)),
        new("regnet_x_32gf", () => Make(23, 320, 69.86, 2.0, 168)),
        new("regnet_y_400mf", () => Make(16, 48, 27.89, 2.09, 8, SqueezeRatio)),
        new("regnet_y_800mf", () => Make(14, 56, 38.84, 2.4, 16, SqueezeRatio)),
        new("regnet_y_1_6gf", () => Make(27, 48, 20.71, 2.65, 24, SqueezeRatio)),
        new("regnet_y_3_2gf", () => Make(21, 80, 42.63, 2.66, 24, SqueezeRatio)),
        new("regnet_y_8gf", () => Make(17, 192, 76.82, 2.19, 56, SqueezeRatio)),
        new("regnet_y_16gf", () => Make(18, 200, 106.23, 2.48, 112, SqueezeRatio)),
        new("regnet_y_32gf", () => Make(20, 232, 115.89, 2.53, 232, SqueezeRatio)),
    ];

    private static Pipeline Make(int depth, int width, double slope, double step, int groupWidth, double? squeeze = null)
    {
        const int stem = 32;
        var stages = new List<(string, nn.Module<Tensor, Tensor>)>();
        int channels = stem;
        foreach (IGrouping<int, int> stage in Widths(depth, width, slope, step).GroupBy(w => w))
        {
            int group = Math.Min(groupWidth, stage.Key);
            int next = Channels.Divisible(stage.Key, group);
            int number = stages.Count + 1;
            int before = channels;
            var blocks = Enumerable.Range(0, stage.Count()).Select(i =>
                ($"block{number}-{i}", (nn.Module<Tensor, Tensor>)new RegNetBlock(i == 0 ? before : next, next, i == 0 ? 2 : 1, group, squeeze)));
            stages.Add(($"block{number}", new Sequential("AnyStage", blocks)));
            channels = next;
        }

        return new Pipeline(
            "RegNet",
            ("stem", ConvNorm.Of(3, stem, 3, 2, activation: Function.ReLU, className: "SimpleStemIN")),
            ("trunk_output", new Sequential("Sequential", stages)),
            ("avgpool", Function.AdaptiveAvgPool2d()),
            (null, Function.Flatten()),
            ("fc", Linear.Head(channels)));
    }

    /// <summary>Equations 2 to 4: a line, its steps quantised on a logarithmic scale, rounded to multiples of eight.</summary>
    private static IEnumerable<int> Widths(int depth, int width, double slope, double step)
    {
        for (int i = 0; i < depth; i++)
        {
            double capacity = Math.Round(Math.Log(((i * slope) + width) / width) / Math.Log(step));
            yield return (int)Math.Round(width * Math.Pow(step, capacity) / 8) * 8;
        }
    }
}
