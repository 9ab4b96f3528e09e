using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests.Layout;

/// <summary>Frames in which several methods or targets are seen side by side.</summary>
public sealed class SeveralSeriesTests
{
    private static readonly RgbImage Picture = TestVideo.Image(32, 32);

    public static TheoryData<int, NormalisationView, bool> Counts => new MatrixTheoryData<int, NormalisationView, bool>(
        [1, 2, 3, 5, 9, 14, 20], [NormalisationView.Both, NormalisationView.Local, NormalisationView.Global], [false, true]);

    [Theory]
    [MemberData(nameof(Counts))]
    public void Every_series_has_its_panels_and_none_overlap(int series, NormalisationView view, bool showImage)
    {
        VideoOptions options = new() { View = view, ShowImage = showImage };
        FrameGeometry g = new(64, 48, options, series: series);
        (int, int)[] places = [.. g.Grid.Tiles.Select(t => (t.Column, t.Row))];
        Assert.Equal(places.Length, places.Distinct().Count());
        Assert.Equal((series * (view == NormalisationView.Both ? 2 : 1)) + (showImage ? 1 : 0), places.Length);
        Assert.All(g.Grid.Tiles, t => Assert.True(t.Column < g.Grid.Columns && t.Row < g.Grid.Rows));
        Assert.All(Enumerable.Range(0, g.Grid.Rows), r => Assert.True(g.RowY(r) % 2 == 0 && g.RowY(r) + g.PanelHeight <= (r + 1 < g.Grid.Rows ? g.RowY(r + 1) - g.LineHeight : g.TargetY)));
        Assert.All(g.PanelX, x => Assert.Equal(0, x % 2));
        Assert.True(g.BarX + g.BarWidth + g.BarLabels <= g.Width && g.PanelX[^1] + g.PanelWidth <= g.BarX);
    }

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 3, 2)]
    [InlineData(9, 3, 3)]
    [InlineData(14, 5, 3)]
    public void Square_panels_fill_a_screen(int series, int columns, int rows)
    {
        TileGrid grid = new(series, new VideoOptions { View = NormalisationView.Local }, 1);
        Assert.Equal((columns, rows), (grid.Columns, grid.Rows));
    }

    [Theory]
    [InlineData(6, 2, 4)]
    [InlineData(6, 3, 3)]
    [InlineData(4, 4, 4)]
    public void Groups_are_not_parted(int series, int group, int columns) =>
        Assert.Equal(columns, new TileGrid(series, new VideoOptions { View = NormalisationView.Local, SeriesInGroup = group }, 1).Columns);

    [Theory]
    [InlineData(224, 14, 224)]
    [InlineData(224, 40, 192)]
    [InlineData(1024, 9, 256)]
    [InlineData(32, 2, 256)]
    public void Panels_shrink_as_they_become_many(int image, int series, int panel) =>
        Assert.Equal(panel, new FrameGeometry(image, image, new VideoOptions { View = NormalisationView.Local }, series: series).PanelWidth);

    [Fact]
    public void Each_panel_is_drawn_as_the_series_alone_would_be()
    {
        LayerMap[] first = TestVideo.Layers(3);
        LayerMap[] second = [.. first.Select((l, i) => TestVideo.Layer(l.Name, 5, i + 7))];
        MapSeries[] series = [new("first", first), new("second", second) { GlobalMaximum = 40 }];
        VideoOptions options = new() { Scale = 2 };
        FrameGeometry together = new(32, 32, options, series: 2);
        FrameGeometry alone = new(32, 32, options);
        RgbImage frame = CamVideo.Compose(Picture, series, options, 1);
        for (int i = 0; i < 2; i++)
        {
            RgbImage own = CamVideo.Compose(Picture, series[i].Layers, options with { GlobalMaximum = series[i].GlobalMaximum }, 1);
            FrameTile[] tiles = [.. together.Grid.Tiles.Where(t => t.Series == i)];
            for (int view = 0; view < 2; view++)
            {
                Assert.Equal(
                    Cut(own, alone.PanelX[view], alone.PanelY, alone),
                    Cut(frame, together.PanelX[tiles[view].Column], together.RowY(tiles[view].Row), together));
            }
        }
    }

    [Fact]
    public void Titles_and_scores_stand_over_the_panels_and_leave_no_trace()
    {
        LayerMap[] layers = [TestVideo.Layer("a", 4, 0) with { Road = 0.5f }, TestVideo.Layer("b", 4, 1) with { Road = null }];
        MapSeries[] series = [new("cat", layers), new("dog", [.. layers.Select(l => l with { Road = null })])];
        VideoOptions options = new() { View = NormalisationView.Local };
        Assert.NotEqual(Frame(series), Frame([series[0] with { Title = "cow" }, series[1]]));
        Assert.NotEqual(Frame(series), Frame([new("cat", series[1].Layers), series[1]]));

        FrameLayout layout = new(Picture, series, options);
        byte[] pixels = new byte[layout.Width * layout.Height * 3];
        FramePlanes planes = new(FrameFormat.Rgb24, layout.Width, layout.Height, pixels, layout.Width * 3);
        layout.DrawStillParts(planes);
        layout.Draw(planes, 1);
        layout.Draw(planes, 0);
        Assert.Equal(Frame(series), pixels);

        byte[] Frame(MapSeries[] of) => CamVideo.Compose(Picture, of, options, 0).Pixels;
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.gif")]
    [InlineData("a.mkv")]
    public void Videos_of_several_series_are_written(string name)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        MapSeries[] series = [.. Enumerable.Range(0, 5).Select(i => new MapSeries($"method {i}", TestVideo.Layers(3)))];
        VideoSummary summary = CamVideo.Write(folder.File(name), Picture, series, new VideoOptions { Scale = 2 });
        Assert.Equal(3, summary.Frames);
        Assert.True(summary.SizeInBytes > 0);
    }

    [Fact]
    public void Series_of_other_layers_are_refused()
    {
        LayerMap[] layers = TestVideo.Layers(2);
        Assert.Contains("same layers", Assert.Throws<ArgumentException>(() => CamVideo.Compose(Picture, [new MapSeries("a", layers), new MapSeries("b", [layers[1], layers[0]])], new VideoOptions(), 0)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one series", Assert.Throws<ArgumentException>(() => CamVideo.Compose(Picture, Array.Empty<MapSeries>(), new VideoOptions(), 0)).Message, StringComparison.Ordinal);
    }

    private static byte[] Cut(RgbImage image, int x, int y, FrameGeometry g) =>
        [.. Enumerable.Range(y, g.PanelHeight).SelectMany(row => image.Pixels.AsSpan(3 * ((row * image.Width) + x), 3 * g.PanelWidth).ToArray())];
}
