using System.Buffers.Binary;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Models.Weights;
using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Pictures for a paper.</summary>
public sealed class FigureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_strip_has_a_panel_for_every_tenth_percentile_at_300_dpi()
    {
        Run("strip", "a.png", "--target", "dog", "--target", "cat", "--layers", "layer3.*", "--panel", "32", "--road").Succeeded();
        byte[] png = File.ReadAllBytes(_folder.Out("a.png"));
        Assert.Equal(11811, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(png.AsSpan().IndexOf("pHYs"u8) + 4)));
        using SKBitmap drawn = SKBitmap.Decode(png);
        Assert.InRange(drawn.Width, 11 * 32, 20 * 32);
        Assert.Equal(["a.png"], _folder.Outputs);
    }

    [Fact]
    public void Norms_have_both_ranges_and_an_svg_has_text()
    {
        Run("norms", "a.svg", "--target", "dog", "--layers", "layer3.*", "--step", "50").Succeeded();
        string svg = File.ReadAllText(_folder.Out("a.svg"));
        Assert.All((string[])["picture, local", "picture, global", ">0 %<", ">50 %<", ">100 %<", ">layer3.0.conv1<", "data:image/png;base64,"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(svg, ">layer3[^<]*<"));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.svg")]
    public void Failures_have_a_curve_a_picture(string file)
    {
        ToolResult result = Run("failures", file, "--image", "demo:ring-and-star", "--truth", "dog", "--truth", "cat", "--layers", "layer3.2.*", "--step", "50");
        Assert.Contains("2 rows of 3 layers", result.Succeeded().Output, StringComparison.Ordinal);
        if (file.EndsWith(".svg", StringComparison.Ordinal))
        {
            string svg = File.ReadAllText(_folder.Out(file));
            Assert.All((string[])["ROAD", "ring-and-star: ", "picture: ", "Layer"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
            return;
        }

        using SKBitmap drawn = SKBitmap.Decode(_folder.Out(file));
        Assert.True(drawn.Height > 1125, $"{drawn.Height} rows hold no curve of 360 logical pixels at 300 dpi");
    }

    [Fact]
    public void Tensors_are_drawn_like_pictures_and_a_mistyped_option_is_no_picture()
    {
        SafeTensorsWriter.Write(_folder.File("in.safetensors"), [("x", [3, 32, 32], new float[3 * 32 * 32]), ("y", [3, 32, 32], new float[3 * 32 * 32])]);
        string tensor = _folder.File("in.safetensors:x");
        string[] all = ["figure", "norms", "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--device", "cpu", "--target", "dog", "--layers", "layer3.*", "--step", "50", "--output", _folder.Out("a.svg"), "--progress", "none"];
        Assert.Contains("4 rows of 3 layers", Tool.Run([.. all, "--input-tensor", tensor, _folder.File("in.safetensors:y")]).Succeeded().Output, StringComparison.Ordinal);
        Assert.All((string[])["x, local", "y, global"], label => Assert.Contains($">{label}<", File.ReadAllText(_folder.Out("a.svg")), StringComparison.Ordinal));
        Tool.Run([.. all, "--image", "demo:ring-and-star", "--devise", "cpu"]).Failed(2, "no option '--devise'");
        Tool.Run([.. all, "--image", "demo:ring-and-star", "--input-tensor", tensor]).Failed(2, "Give one of them");
    }

    [Theory]
    [InlineData("comic", "a.png", "no figure 'comic'")]
    [InlineData("strip", "a.pdf", "a.pdf")]
    [InlineData("failures", "a.png", "--truth 0 times")]
    public void A_wrong_figure(string kind, string file, string words) => Run(kind, file).Failed(2, words);

    [Theory]
    [InlineData("--step", "0", "--step 0")]
    [InlineData("--dpi", "10", "--dpi 10")]
    [InlineData("--panel", "5000", "--panel 5000")]
    [InlineData("--truth", "dog", "--truth is for failures")]
    public void A_wrong_option(string option, string value, string words) => Run("strip", "a.png", option, value).Failed(2, words);

    private ToolResult Run(string kind, string file, params string[] more) =>
        Tool.Run(["figure", kind, "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--image", _folder.Picture(), "--output", _folder.Out(file), "--progress", "none", .. more]);
}
