using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using CAManim.Native.Encoding.Plots;
using SkiaSharp;

namespace CAManim.Native.Encoding.Tests.Plots;

public sealed partial class SeriesPlotTests : IDisposable
{
    private readonly TestVideo.Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_png_has_the_size_the_resolution_and_the_colours_of_its_series()
    {
        string path = _folder.File("a.png");
        SeriesPlot.Write(path, Two(), new SeriesPlotOptions { Width = 480, Height = 320, DotsPerInch = 300 });
        using SKBitmap bitmap = SKBitmap.Decode(path);
        Assert.Equal((1500, 1000), (bitmap.Width, bitmap.Height));
        Assert.True(Count(bitmap, 0x0072B2) > 500, "the first series is missing");
        Assert.True(Count(bitmap, 0xD55E00) > 500, "the second series is missing");
        ReadOnlySpan<byte> png = File.ReadAllBytes(path);
        int chunk = png.IndexOf("pHYs"u8);
        Assert.Equal(11811, BinaryPrimitives.ReadInt32BigEndian(png[(chunk + 4)..]));
        Assert.Equal(["a.png"], _folder.Files);
    }

    [Fact]
    public void An_svg_has_the_names_of_series_and_axes_as_text()
    {
        string path = _folder.File("a.svg");
        SeriesPlot.Write(path, Two(), new SeriesPlotOptions { Title = "Depth", HorizontalLabel = "Layer", VerticalLabel = "Share", FrameNames = ["conv1", "layer1", "layer2", "fc"] });
        string[] texts = [.. Texts().Matches(File.ReadAllText(path)).Select(m => m.Groups[1].Value.Trim())];
        Assert.All(["GradCAM", "RandomCAM", "Depth", "Layer", "Share", "conv1", "layer1", "layer2", "fc"], name => Assert.Contains(name, texts));
        Assert.DoesNotContain("CAManim Stroke", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1100)]
    public void Panels_stand_one_above_another_over_the_same_frames(int layers)
    {
        PlotPanel[] panels = [.. Enumerable.Range(0, 3).Select(p => new PlotPanel($"panel {p}", [new PlotSeries("a", [.. Enumerable.Range(0, layers).Select(i => Math.Sin((0.1 * i) + p))])]))];
        SeriesPlotOptions options = new() { Title = "Three", Width = 600, Height = 900, FrameNames = [.. Enumerable.Range(0, layers).Select(i => $"features.{i}.block")] };
        SeriesPlot.WritePanels(_folder.File("a.png"), panels, options);
        using SKBitmap bitmap = SKBitmap.Decode(_folder.File("a.png"));
        Assert.Equal((600, 900), (bitmap.Width, bitmap.Height));
        int[] columns = [.. Enumerable.Range(0, 600).Where(x => Enumerable.Range(0, 900).Any(y => IsLine(bitmap.GetPixel(x, y))))];
        foreach ((int from, int to) in new[] { (24, 270), (290, 520), (550, 780) })
        {
            Assert.True(Enumerable.Range(from, to - from).Sum(y => Enumerable.Range(0, 600).Count(x => IsLine(bitmap.GetPixel(x, y)))) > 300, $"rows {from} to {to} hold no line");
        }

        Assert.True(columns[^1] - columns[0] > 450, $"lines from {columns[0]} to {columns[^1]}");
        SeriesPlot.WritePanels(_folder.File("a.svg"), panels, options);
        string svg = File.ReadAllText(_folder.File("a.svg"));
        Assert.All(["panel 0", "panel 1", "panel 2", "Three"], name => Assert.Contains(name, svg, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => SeriesPlot.WritePanels(_folder.File("b.png"), []));
    }

    [Theory]
    [InlineData(20, "layer{0}.relu", 960, 540)]
    [InlineData(75, "layer{0}.0.downsample.1", 960, 540)]
    [InlineData(1100, "features.denseblock3.denselayer{0}.norm1", 960, 540)]
    [InlineData(1100, "f{0}", 480, 320)]
    [InlineData(20, "a very long name of a layer that nobody would give to one {0}", 400, 300)]
    public void No_texts_overlap_and_none_is_cut_off(int layers, string name, int width, int height)
    {
        double[] values = [.. Enumerable.Range(0, layers).Select(i => Math.Sin(0.1 * i))];
        PlotSeries[] series = [new("GradCAM, golden retriever", values), new("LayerCAM, golden retriever", values), new("RandomCAM, GradCAM, a class with a name that is far too long for a legend", values) { IsReference = true }];
        SeriesPlotOptions options = new()
        {
            Title = "efficientnet_v2_l: ROAD of GradCAM and LayerCAM and EigenGradCAM and ScoreCAM and AblationCAM, mean of 5 layers",
            HorizontalLabel = "Layer",
            VerticalLabel = "ROAD",
            FrameNames = [.. Enumerable.Range(0, layers).Select(i => string.Format(CultureInfo.InvariantCulture, name, i))],
            Width = width,
            Height = height,
        };
        foreach (SeriesPlotOptions one in (SeriesPlotOptions[])[options, options with { FrameNames = null }, options with { Title = null }])
        {
            SeriesPlot.Write(_folder.File("a.svg"), series, one);
            SvgTexts.AssertApart(File.ReadAllText(_folder.File("a.svg")), width, height);
            SeriesPlot.Write(_folder.File("a.svg"), series[..1], one);
            SvgTexts.AssertApart(File.ReadAllText(_folder.File("a.svg")), width, height);
            SeriesPlot.WritePanels(_folder.File("a.svg"), [new("GradCAM", series[..2]), new("LayerCAM", series), new("EigenCAM", series[..1])], one with { Height = 3 * height });
            SvgTexts.AssertApart(File.ReadAllText(_folder.File("a.svg")), width, 3 * height);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1100)]
    public void Decades_of_parameters_stand_apart(int layers)
    {
        PlotSeries parameters = new("parameters", [.. Enumerable.Range(0, layers).Select(i => i % 3 == 1 ? double.NaN : Math.Pow(10, 1.5 + (i * 7919 % layers * 6.0 / layers)))]) { IsPoints = true };
        SeriesPlot.Write(_folder.File("a.svg"), [parameters], new SeriesPlotOptions { IsLogarithmic = true, VerticalLabel = "Parameters", FrameNames = [.. Enumerable.Range(0, layers).Select(i => $"features.{i}.0")] });
        string svg = File.ReadAllText(_folder.File("a.svg"));
        SvgTexts.AssertApart(svg, 960, 540);
        Assert.All(["100", "1 k", "10 k", "100 k", "1 M", "10 M"], decade => Assert.Contains(decade, SvgTexts.Read(svg).Select(t => t.Text)));
    }

    [Fact]
    public void The_same_series_give_the_same_bytes()
    {
        SeriesPlot.Write(_folder.File("a.png"), Two());
        SeriesPlot.Write(_folder.File("b.png"), Two());
        Assert.Equal(File.ReadAllBytes(_folder.File("a.png")), File.ReadAllBytes(_folder.File("b.png")));
    }

    /// <summary>The letters come with the package: their pixels are there whatever fonts the machine has.</summary>
    [Fact]
    public void Labels_are_drawn_in_letters_of_the_package()
    {
        byte[] font = StrokeTypeface.Build("Test");
        using SKData data = SKData.CreateCopy(font);
        using SKTypeface typeface = SKTypeface.FromData(data);
        Assert.Equal("Test", typeface.FamilyName);
        Assert.All("AZaz09.#_-", c => Assert.NotEqual(0, typeface.GetGlyph(c)));
        Assert.Equal(0, typeface.GetGlyph('\u4e2d'));
        using SKFont letters = new(typeface, 100);
        using SKPath path = letters.GetTextPath("I");
        Assert.InRange(path.TightBounds.Height, 70, 85);

        string plain = _folder.File("a.png"), titled = _folder.File("b.png");
        SeriesPlot.Write(plain, Two());
        SeriesPlot.Write(titled, Two(), new SeriesPlotOptions { HorizontalLabel = "A long label below the axis" });
        using SKBitmap before = SKBitmap.Decode(plain), after = SKBitmap.Decode(titled);
        Assert.True(Dark(after) > Dark(before) + 100, $"{Dark(before)} and {Dark(after)} dark pixels");
    }

    [Fact]
    public void Gaps_bands_and_logarithms_are_drawn()
    {
        PlotSeries series = new("parameters", [10, 1000, double.NaN, 0, 100000, double.PositiveInfinity, 50]) { Deviations = [5, 2000, 1, 1, double.NaN, 1, -1] };
        SeriesPlot.Write(_folder.File("a.svg"), [series], new SeriesPlotOptions { IsLogarithmic = true });
        string[] texts = [.. Texts().Matches(File.ReadAllText(_folder.File("a.svg"))).Select(m => m.Groups[1].Value.Trim())];
        Assert.All(["10", "100", "1 k", "10 k", "100 k"], label => Assert.Contains(label, texts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void Any_number_of_frames_can_be_drawn(int frames)
    {
        SeriesPlot.Write(_folder.File("a.png"), [new PlotSeries("flat", [.. Enumerable.Repeat(0.25, frames)])], new SeriesPlotOptions { FrameNames = [.. Enumerable.Range(0, frames).Select(i => $"layer{i}")] });
        using SKBitmap bitmap = SKBitmap.Decode(_folder.File("a.png"));
        Assert.True(bitmap.Pixels.Count(IsLine) > 5);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_and_leaves_no_file()
    {
        Assert.Contains(".png or .svg", Refused("a.pdf", Two()), StringComparison.Ordinal);
        Assert.Contains("None of the 0 series", Refused("a.png", []), StringComparison.Ordinal);
        Assert.Contains("above zero", Refused("a.png", [new PlotSeries("a", [0, -1, double.NaN])], new SeriesPlotOptions { IsLogarithmic = true }), StringComparison.Ordinal);
        Assert.Contains("2 values and 1 deviations", Refused("a.png", [new PlotSeries("a", [1, 2]) { Deviations = [1] }]), StringComparison.Ordinal);
        Assert.Contains("Width of a plot is 10", Refused("a.png", Two(), new SeriesPlotOptions { Width = 10 }), StringComparison.Ordinal);
        Assert.Contains("from 2 to 1", Refused("a.png", Two(), new SeriesPlotOptions { Minimum = 2, Maximum = 1 }), StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => SeriesPlot.Write(_folder.File("none/a.png"), Two()));
        Assert.Empty(_folder.Files);
    }

    private static PlotSeries[] Two() => [new("GradCAM", [0.1, 0.4, 0.6, 0.9]) { Deviations = [0.1, 0.1, 0.1, 0.05] }, new("RandomCAM", [0.1, 0.2, 0.1, 0.2])];

    // The first colour, mixed with white at the edges: all there is of the thin lines of long series.
    private static bool IsLine(SKColor color) => color.Blue > color.Red + 60;

    private static int Count(SKBitmap bitmap, uint color) => bitmap.Pixels.Count(p => ((uint)p & 0xFFFFFF) == color);

    private static int Dark(SKBitmap bitmap) => bitmap.Pixels.Count(p => p.Red < 100 && p.Green < 100 && p.Blue < 100);

    [GeneratedRegex("<text[^>]*>([^<]*)</text>")]
    private static partial Regex Texts();

    private string Refused(string name, IReadOnlyList<PlotSeries> series, SeriesPlotOptions? options = null) =>
        Assert.Throws<ArgumentException>(() => SeriesPlot.Write(_folder.File(name), series, options)).Message;
}
