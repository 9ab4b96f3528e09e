using CAManim.Native.Encoding.Grids;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Encoding.Tests.Grids;

public sealed class PanelGridTests
{
    private static readonly RgbImage Picture = TestVideo.Image(48, 32);

    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(3, 11, 64)]
    [InlineData(14, 2, 128)]
    [InlineData(2, 2, 500)]
    public void Panels_lie_in_the_picture_and_do_not_overlap(int rows, int columns, int size)
    {
        PanelGrid grid = Grid(rows, columns) with { PanelSize = size, Title = "A title" };
        GridGeometry g = new(grid);
        Assert.All(Enumerable.Range(0, columns - 1), c => Assert.True(g.ColumnX(c) + g.CellWidth < g.ColumnX(c + 1)));
        Assert.All(g.RowY.Zip(g.RowY.Skip(1)), p => Assert.True(p.First + g.Sizes[0].Height < p.Second));
        Assert.True(g.ColumnX(columns - 1) + g.CellWidth < g.BarX && g.BarX + g.BarWidth < g.Width && g.RowY[^1] + g.Sizes[^1].Height < g.Height);
        RgbImage drawn = grid.Compose();
        Assert.Equal((g.Width, g.Height), (drawn.Width, drawn.Height));
    }

    [Fact]
    public void A_cell_is_the_map_in_its_range_over_its_rows_picture()
    {
        float[] ramp = [.. Enumerable.Range(0, 16).Select(i => i / 15f)];
        LayerMap map = TestVideo.Layer("a", 4, 0) with { Map = ramp, Minimum = 0, Maximum = 1 };
        PanelGrid grid = new()
        {
            Columns = [new PanelColumn(""), new PanelColumn(""), new PanelColumn(""), new PanelColumn("")],
            Rows = [new PanelRow("row", Picture, [PanelCell.Local(map), PanelCell.Local(map) with { Maximum = 10 }, PanelCell.Picture, null])],
            Alpha = 1,
            PanelSize = 48,
        };
        GridGeometry g = new(grid);
        RgbImage drawn = grid.Compose();
        uint[] table = ColorMaps.Get("jet");
        int bottom = g.RowY[0] + g.Sizes[0].Height - 1;
        Assert.Equal(table[255], Pixel(drawn, g.ColumnX(0) + 47, bottom));
        Assert.Equal(table[25], Pixel(drawn, g.ColumnX(1) + 47, bottom));
        Assert.Equal(Pixel(Picture, 47, 31), Pixel(drawn, g.ColumnX(2) + 47, bottom));
        Assert.Equal(Theme.Background, Pixel(drawn, g.ColumnX(3) + 47, bottom));
    }

    [Fact]
    public void Labels_captions_and_the_light_theme_are_drawn()
    {
        PanelGrid grid = Grid(2, 2);
        byte[] plain = grid.Compose().Pixels;
        Assert.NotEqual(plain, (grid with { Columns = [new PanelColumn("0 %", "stem"), grid.Columns[1]] }).Compose().Pixels);
        Assert.NotEqual(plain, (grid with { Rows = [grid.Rows[0] with { Label = "Other" }, grid.Rows[1]] }).Compose().Pixels);
        RgbImage captioned = (grid with { Rows = [grid.Rows[0] with { Cells = [grid.Rows[0].Cells[0]! with { Caption = "71 %" }, null] }, grid.Rows[1]] }).Compose();
        Assert.True(captioned.Height > grid.Compose().Height);
        Assert.Equal(PackedColor.Pack(255, 255, 255), Pixel((grid with { IsLight = true }).Compose(), 0, 0));
    }

    [Fact]
    public void A_file_is_the_picture_and_says_its_resolution()
    {
        using TestVideo.Folder folder = new();
        PanelGrid grid = Grid(2, 3) with { DotsPerInch = 300 };
        grid.Write(folder.File("grid.png"));
        using SKBitmap bitmap = SKBitmap.Decode(folder.File("grid.png"));
        Assert.True(grid.Compose().Pixels.AsSpan().SequenceEqual([.. bitmap.Pixels.SelectMany(p => new[] { p.Red, p.Green, p.Blue })]));
        Assert.Contains("pHYs", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("grid.png"))), StringComparison.Ordinal);
        Assert.Equal(["grid.png"], folder.Files);
    }

    [Fact]
    public void Wrong_grids_are_refused_in_words()
    {
        Assert.Contains("0 rows", Assert.Throws<ArgumentException>(() => Grid(0, 1).Compose()).Message, StringComparison.Ordinal);
        Assert.Contains("2 are expected", Assert.Throws<ArgumentException>(() => (Grid(1, 2) with { Rows = [Grid(1, 1).Rows[0]] }).Compose()).Message, StringComparison.Ordinal);
        Assert.Contains("16384", Assert.Throws<ArgumentException>(() => (Grid(1, 9) with { PanelSize = 2048 }).Compose()).Message, StringComparison.Ordinal);
        Assert.Contains("PanelSize", Assert.Throws<ArgumentException>(() => (Grid(1, 1) with { PanelSize = 2 }).Compose()).Message, StringComparison.Ordinal);
    }

    private static PanelGrid Grid(int rows, int columns) => new()
    {
        Columns = [.. Enumerable.Range(0, columns).Select(c => new PanelColumn($"{c} %", $"layer{c}.0.convolution"))],
        Rows = [.. Enumerable.Range(0, rows).Select(r => new PanelRow($"Method {r}", Picture, [.. TestVideo.Layers(columns).Select(l => PanelCell.Local(l))]))],
    };

    private static uint Pixel(RgbImage image, int x, int y)
    {
        int at = 3 * ((y * image.Width) + x);
        return PackedColor.Pack(image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }
}
