using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Report.Tests.Support;

/// <summary>A report of ten layers and two columns, made of a seed.</summary>
internal static class SmallReport
{
    public const int Width = 48;
    public const int Height = 40;

    private static readonly (string Name, int Side)[] Layers =
    [
        ("conv1", 24), ("relu", 24), ("layer1.0.conv1", 12), ("layer1.0.relu", 12), ("layer1.0", 12),
        ("layer1", 12), ("layer2.0.conv1", 7), ("layer2.0.relu", 7), ("layer2.0", 7), ("layer2", 7),
    ];

    /// <summary>The network's pooled end gives no map; the name of its class must not end the page's data.</summary>
    public static ReportContent Content(int columns = 2, bool hasRoad = true) => new()
    {
        Model = "small <network>",
        Picture = Picture(),
        Calls = [.. Layers.Select(Call), new ReportCall { Name = "fc", ModuleClass = "</script><b>Linear", Shape = [1, 10], Parameters = 90, SkipReason = "a vector, not a map" }],
        Columns = [.. Enumerable.Range(0, columns).Select(c => Column(c, hasRoad))],
        About = [("Weights", "made up")],
    };

    /// <summary>A picture of slow changes, so that a pixel's neighbours differ.</summary>
    private static RgbImage Picture()
    {
        byte[] pixels = new byte[Width * Height * 3];
        for (int i = 0; i < Width * Height; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)(5 * x), (byte)(6 * y), (byte)((x * y) & 255));
        }

        return new RgbImage(Width, Height, pixels);
    }

    private static ReportCall Call((string Name, int Side) layer, int index) => new()
    {
        Name = layer.Name,
        ModuleClass = "Conv2d",
        Shape = [1, 8, layer.Side, layer.Side],
        Parameters = 1000 * index,
        Milliseconds = 0.25,
    };

    private static ReportColumn Column(int column, bool hasRoad)
    {
        LayerMap[] maps = [.. Layers.Select((l, i) => Map(l, i, column, hasRoad))];
        return new ReportColumn
        {
            Method = column == 0 ? "GradCAM" : "LayerCAM",
            Target = "star",
            Probability = 0.75f,
            Maps = maps,
            GlobalMinimum = maps.Min(m => m.Minimum),
            GlobalMaximum = maps.Max(m => m.Maximum),
            RoadScores = hasRoad ? maps.ToDictionary(m => m.Name, m => Scores(m.Road)) : [],
            RoadReasons = new Dictionary<string, string> { ["relu"] = "nothing would be kept." },
        };
    }

    private static IReadOnlyList<ReportScore> Scores(float? road) =>
        road is { } value ? [new ReportScore(20, 0.25f, 0.25f + (2 * value)), new ReportScore(80, 0.5f, 0.5f + (2 * value))] : [];

    // The range of the picture's size lies inside of the map's own, as in the engine.
    private static LayerMap Map((string Name, int Side) layer, int index, int column, bool hasRoad)
    {
        Random random = new((100 * column) + index);
        float[] values = [.. Enumerable.Range(0, layer.Side * layer.Side).Select(_ => (float)random.NextDouble() * (index + 1))];
        return new LayerMap
        {
            Name = layer.Name,
            ModuleClass = "Conv2d",
            Channels = 8,
            Height = layer.Side,
            Width = layer.Side,
            SignedMap = values,
            Map = values,
            Minimum = 0.02f * (index + 1),
            Maximum = 0.97f * (index + 1),
            Parameters = 1000 * index,
            Road = hasRoad && layer.Name != "relu" ? (((index * 7) + 1 + (3 * column)) % 10 / 10f) - 0.2f : null,
        };
    }
}
