using CAManim.Native.Encoding.Images;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Encoding.Tests.Images;

public sealed class ImageTests
{
    [Fact]
    public void Frames_are_also_written_as_png_on_request()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        RgbImage image = TestVideo.Image(20, 20);
        LayerMap[] layers = TestVideo.Layers(3);
        VideoOptions options = new() { FramesFolder = folder.File("frames") };
        CamVideo.Write(folder.File("a.mp4"), image, layers, options);
        Assert.Equal(["frame-0001.png", "frame-0002.png", "frame-0003.png"], Directory.EnumerateFiles(options.FramesFolder).Select(f => Path.GetFileName(f)).Order());
        AssertSame(CamVideo.Compose(image, layers, options, 2), folder.File("frames/frame-0003.png"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void A_contact_sheet_holds_all_layers(int count)
    {
        using TestVideo.Folder folder = new();
        CamVideo.WriteContactSheet(folder.File("a.png"), TestVideo.Image(50, 30), TestVideo.Layers(count), new VideoOptions());
        using SKBitmap sheet = SKBitmap.Decode(folder.File("a.png"));
        Assert.True(sheet.Width > 256 && sheet.Height > 76);
        Assert.Equal(["a.png"], folder.Files);
    }

    /// <summary>Two pixels around the panel of the highest score, and none where all scores are equal.</summary>
    [Theory]
    [InlineData(new[] { 0.1f, 0.5f, -0.2f }, 1)]
    [InlineData(new[] { 0.1f, 0.1f, 0.1f }, -1)]
    public void A_contact_sheet_frames_the_highest_score(float[] scores, int best)
    {
        using TestVideo.Folder folder = new();
        LayerMap[] layers = [.. TestVideo.Layers(3).Zip(scores, (layer, score) => layer with { Road = score })];
        CamVideo.WriteContactSheet(folder.File("a.png"), TestVideo.Image(64, 64), layers, new VideoOptions { View = NormalisationView.Local, Title = "net  GradCAM", Target = "dog" });
        using SKBitmap sheet = SKBitmap.Decode(folder.File("a.png"));

        // Cells are 128 + 12 wide and begin at 12; panels 30 + 12 + 16 below the top.
        Assert.Equal(((3 * 140) + 12, 30 + 156 + 12), (sheet.Width, sheet.Height));
        bool[] framed = [.. Enumerable.Range(0, 3).Select(i => sheet.GetPixel(12 + (i * 140) - 2, 100) == new SKColor(240, 240, 240) && sheet.GetPixel(12 + (i * 140) + 129, 100) == new SKColor(240, 240, 240))];
        Assert.Equal(Enumerable.Range(0, 3).Select(i => i == best), framed);

        // The colours stand at the top right.
        Assert.True(sheet.GetPixel(sheet.Width - 12 - 96 - 8, 20).Blue > 100 && sheet.GetPixel(sheet.Width - 12 - 9, 20).Red > 100);
    }

    [Fact]
    public void A_palette_holds_its_exact_colours_and_finds_the_nearest()
    {
        uint[] samples = [.. Enumerable.Range(0, 5000).Select(i => PackedColor.Pack((byte)(i * 7), (byte)(i * 13), (byte)(i * 29)))];
        uint[] exact = [PackedColor.Pack(22, 22, 22), PackedColor.Pack(240, 240, 240)];
        GifPalette palette = new(exact, samples);
        Assert.InRange(palette.Entries.Length, 200, 256);
        Assert.Equal(exact, palette.Entries[..2].ToArray());
        Assert.Equal(0, palette.Find(exact[0]));
        Assert.Equal(1, palette.Find(exact[1]));
        double worst = samples.Max(s => Distance(s, palette.Entries[palette.Find(s)]));
        Assert.True(worst < 60, $"{worst}");
    }

    [Fact]
    public void Median_cut_keeps_few_colours_as_they_are()
    {
        uint[] pixels = [.. Enumerable.Range(0, 300).Select(i => PackedColor.Pack((byte)(i % 3 * 100), 5, 9))];
        Assert.Equal([PackedColor.Pack(0, 5, 9), PackedColor.Pack(100, 5, 9), PackedColor.Pack(200, 5, 9)], MedianCut.Reduce(pixels, 16).Distinct().Order());
        Assert.Empty(MedianCut.Reduce([], 16));
    }

    private static double Distance(uint a, uint b) =>
        Math.Sqrt(Enumerable.Range(0, 3).Sum(c => Math.Pow(((a >> (8 * c)) & 255) - (double)((b >> (8 * c)) & 255), 2)));

    private static void AssertSame(RgbImage expected, string path)
    {
        using SKBitmap bitmap = SKBitmap.Decode(path);
        Assert.Equal((expected.Width, expected.Height), (bitmap.Width, bitmap.Height));
        byte[] actual = [.. bitmap.Pixels.SelectMany(p => new[] { p.Red, p.Green, p.Blue })];
        Assert.True(expected.Pixels.AsSpan().SequenceEqual(actual));
    }
}
