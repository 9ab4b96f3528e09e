using CAManim.Native.Cli.Tests.Support;
using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Guided backpropagation beside the maps.</summary>
public sealed class GuidedRunTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_a_panel_more_in_every_frame()
    {
        string[] run = ["run", "--model", "demo_scenes", "--image", "demo:ring-and-star", "--layers", "leaves", "--progress", "none"];
        Tool.Run([.. run, "--output", _folder.File("a.gif"), "--frames", _folder.File("plain")]).Succeeded();
        Tool.Run([.. run, "--output", _folder.File("b.gif"), "--frames", _folder.File("guided"), "--panel", "guided"]).Succeeded();
        string[] plain = Directory.GetFiles(_folder.File("plain")), guided = Directory.GetFiles(_folder.File("guided"));
        Assert.Equal(plain.Length, guided.Length);
        using SKBitmap one = SKBitmap.Decode(plain[0]);
        using SKBitmap two = SKBitmap.Decode(guided[0]);
        Assert.NotEqual((one.Width, one.Height), (two.Width, two.Height));
    }

    [Fact]
    public void Networks_without_relu_are_refused() =>
        Tool.Run("run", "--model", "convnext_tiny", "--weights", "rule:x", "--image", "demo:ring-and-star", "--size", "64", "--panel", "guided", "--output", _folder.Out("v.gif"), "--progress", "none")
            .Failed(1, "defined for ReLU", "GELU");

    [Fact]
    public void Without_frames_it_is_refused() =>
        Tool.Run("run", "--model", "demo_scenes", "--image", "demo:ring-and-star", "--panel", "guided", "--json", "-").Failed(2, "--panel guided", "--output");
}
