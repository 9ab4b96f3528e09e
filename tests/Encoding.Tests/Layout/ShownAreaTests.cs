using CAManim.Native.Encoding.Grids;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Encoding.Tests.Layout;

/// <summary>Maps over the part of a picture that the network saw, the rest dimmed; panels of the size that was asked for; one map as a picture.</summary>
public sealed class ShownAreaTests
{
    private static readonly MapArea Middle = new(0.25, 0, 0.5, 1);
    private static readonly uint Dimmed = PackedColor.Blend(Theme.Background, PackedColor.Pack(200, 200, 200), 160);

    private static RgbImage Grey(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        pixels.AsSpan().Fill(200);
        return new RgbImage(width, height, pixels);
    }

    private static LayerMap Ramp() => TestVideo.Layer("ramp", 4, 0) with { Map = Enumerable.Range(0, 16).Select(i => i % 4 / 3f).ToArray(), Minimum = 0, Maximum = 1 };

    [Fact]
    public void Maps_lie_on_the_area_and_the_rest_is_dimmed()
    {
        VideoOptions options = new() { Alpha = 1, MapArea = Middle, View = NormalisationView.Both, ShowImage = true };
        RgbImage frame = CamVideo.Compose(Grey(128, 64), [Ramp()], options, 0);
        FrameGeometry g = new(128, 64, options);
        Assert.Equal((256, 128), (g.PanelWidth, g.PanelHeight));
        uint[] table = ColorMaps.Get("jet");
        foreach (int panel in (int[])[1, 2])
        {
            int x = g.PanelX[panel];
            Assert.Equal(Dimmed, Pixel(frame, x + 63, g.PanelY + 64));
            Assert.Equal(table[0], Pixel(frame, x + 64, g.PanelY));
            Assert.Equal(table[255], Pixel(frame, x + 191, g.PanelY + 127));
            Assert.Equal(Dimmed, Pixel(frame, x + 192, g.PanelY));
        }

        // The plain picture is dimmed there, too.
        Assert.Equal(Dimmed, Pixel(frame, g.PanelX[0] + 10, g.PanelY + 10));
        Assert.Equal(PackedColor.Pack(200, 200, 200), Pixel(frame, g.PanelX[0] + 128, g.PanelY + 10));
    }

    [Theory]
    [InlineData(0.1, 0.2, 0.33, 0.41, 101, 77)]
    [InlineData(0, 0.129, 1, 0.742, 448, 299)]
    [InlineData(0.999, 0.999, 0.001, 0.001, 3, 1)]
    [InlineData(0, 0, 1, 1, 7, 5)]
    public void Areas_begin_and_end_at_even_pixels_or_borders(double left, double top, double across, double down, int width, int height)
    {
        (int x, int y, int w, int h) = new MapArea(left, top, across, down).InPixels(width, height);
        Assert.True(x % 2 == 0 && y % 2 == 0 && w > 0 && h > 0);
        Assert.True((x + w) % 2 == 0 || x + w == width);
        Assert.True((y + h) % 2 == 0 || y + h == height);
        Assert.InRange(x, Math.Max(0, (left * width) - 2), (left * width) + 2);
        Assert.InRange(x + w, ((left + across) * width) - 2, Math.Min(width, ((left + across) * width) + 2));
    }

    [Fact]
    public void An_area_beyond_the_picture_is_refused() => Assert.All(
        [new MapArea(0.5, 0, 0.6, 1), new MapArea(-0.1, 0, 0.5, 1), new MapArea(0, 0, 0, 1), new MapArea(0, double.NaN, 1, 1)],
        area => Assert.Throws<ArgumentException>(() => CamVideo.Compose(Grey(32, 32), [Ramp()], new VideoOptions { MapArea = area }, 0)));

    [Fact]
    public void A_series_of_areas_is_in_grids_and_contact_sheets()
    {
        PanelGrid grid = new() { Columns = [new PanelColumn(""), new PanelColumn("")], Rows = [new PanelRow("", Grey(128, 64), [PanelCell.Picture, PanelCell.Local(Ramp())]) { Area = Middle }], Alpha = 1 };
        RgbImage drawn = grid.Compose();
        GridGeometry g = new(grid);
        Assert.Equal(Dimmed, Pixel(drawn, g.ColumnX(0) + 5, g.RowY[0] + 5));
        Assert.Equal(Dimmed, Pixel(drawn, g.ColumnX(1) + 5, g.RowY[0] + 5));
        Assert.Equal(ColorMaps.Get("jet")[255], Pixel(drawn, g.ColumnX(1) + 95, g.RowY[0] + 5));
        using TestVideo.Folder folder = new();
        string path = Path.Combine(folder.Root, "sheet.png");
        CamVideo.WriteContactSheet(path, Grey(128, 64), [Ramp()], new VideoOptions { Alpha = 1, MapArea = Middle, View = NormalisationView.Local });
        using SKBitmap sheet = SKBitmap.Decode(path);

        // The picture of 128x64 stands at the bottom, above a gap of 12.
        Assert.Equal(new SKColor((byte)Dimmed, (byte)(Dimmed >> 8), (byte)(Dimmed >> 16)), sheet.GetPixel(12 + 5, sheet.Height - 12 - 64 + 5));
    }

    [Theory]
    [InlineData(3000, 4000, 640, 1)]
    [InlineData(4000, 3000, 1920, 1)]
    [InlineData(224, 224, 1000, 5)]
    [InlineData(32, 32, 600, 1)]
    public void A_width_is_filled_and_not_exceeded(int width, int height, int asked, int series)
    {
        FrameGeometry g = FrameGeometry.For(width, height, new VideoOptions { Width = asked }, hasCurve: true, series);
        Assert.InRange(g.Width, asked - (4 * g.Grid.Columns) - 8, asked);
        Assert.Equal(width / (double)height, g.PanelWidth / (double)g.PanelHeight, 0.02);
        Assert.Contains("width of at least", Assert.Throws<ArgumentException>(() => FrameGeometry.For(width, height, new VideoOptions { Width = 64 }, true, series)).Message);
    }

    [Fact]
    public void Sizes_exclude_each_other()
    {
        Assert.Equal(300, new FrameGeometry(600, 200, new VideoOptions { PanelSize = 300 }).PanelWidth);
        Assert.Equal((1200, 400), (new FrameGeometry(600, 200, new VideoOptions { Scale = 2 }).PanelWidth, new FrameGeometry(600, 200, new VideoOptions { Scale = 2 }).PanelHeight));
        Assert.Throws<ArgumentException>(() => CamVideo.Compose(Grey(8, 8), [Ramp()], new VideoOptions { Scale = 1, Width = 500 }, 0));
        Assert.Throws<ArgumentException>(() => CamVideo.Compose(Grey(8, 8), [Ramp()], new VideoOptions { PanelSize = 8193 }, 0));
    }

    [Fact]
    public void One_map_is_a_picture_of_the_pictures_size_and_a_transparent_heatmap()
    {
        using TestVideo.Folder folder = new();
        VideoOptions options = new() { Alpha = 1, MapArea = Middle };
        RgbImage over = MapPicture.Overlay(Grey(128, 64), Ramp(), options);
        Assert.Equal((128, 64), (over.Width, over.Height));
        Assert.Equal(Dimmed, Pixel(over, 31, 5));
        Assert.Equal(ColorMaps.Get("jet")[255], Pixel(over, 95, 5));
        Assert.Equal(256, MapPicture.Overlay(Grey(128, 64), Ramp(), options with { Width = 256 }).Width);

        string path = Path.Combine(folder.Root, "heat.png");
        MapPicture.WriteHeatmap(path, 128, 64, Ramp(), options);
        using SKBitmap heat = SKBitmap.Decode(path);
        Assert.Equal((128, 64), (heat.Width, heat.Height));
        Assert.Equal(0, heat.GetPixel(10, 10).Alpha);
        Assert.Equal(0, heat.GetPixel(32, 10).Alpha);
        Assert.Equal(255, heat.GetPixel(95, 10).Alpha);

        // Half way between 1/3 and 2/3.
        Assert.InRange(heat.GetPixel(63, 10).Alpha, 120, 130);
        Assert.Equal([path], Directory.GetFiles(folder.Root));
    }

    private static uint Pixel(RgbImage image, int x, int y) => PackedColor.Pack(image.Pixels[((y * image.Width) + x) * 3], image.Pixels[(((y * image.Width) + x) * 3) + 1], image.Pixels[(((y * image.Width) + x) * 3) + 2]);
}
