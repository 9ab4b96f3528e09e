using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Tests;
using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Runs whose maps are smoothed or fused.</summary>
public sealed class SmoothingRunTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--aug-smooth")]
    [InlineData("--eigen-smooth")]
    public void Smoothing_changes_the_maps_and_repeats_itself(string option)
    {
        string plain = Maximum();
        Assert.NotEqual(plain, Maximum(option));
        Assert.Equal(Maximum(option), Maximum(option));
        JsonElement report = Run(option, "--json", "-").Json;
        Assert.Equal((option == "--aug-smooth", option == "--eigen-smooth"), (report.GetProperty("augSmooth").GetBoolean(), report.GetProperty("eigenSmooth").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("fuse").ValueKind);

        string Maximum(params string[] more) => Run(["--json", "-", .. more]).Json.GetProperty("totals").GetProperty("globalMax").GetRawText();
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("max")]
    [InlineData("weighted")]
    public void Fused_maps_are_numbers_of_the_inputs_size(string mode)
    {
        Run("--fuse", mode, "--fused", _folder.Out("f.safetensors"), "--target", "dog", "cat", "--road");
        ReferenceTensors fused = new(_folder.Out("f.safetensors"));
        Assert.Equal([$"cat/{mode}", $"dog/{mode}"], fused.Keys.Order());
        Assert.Equal([32, 32], fused.Shape($"dog/{mode}"));
        Assert.Equal((0f, 1f), (fused.Floats($"dog/{mode}").Min(), fused.Floats($"dog/{mode}").Max()));
    }

    [Fact]
    public void Fused_maps_are_pictures()
    {
        JsonElement report = Run("--fuse", "mean", "--fused", _folder.Out("f.png"), "--json", "-").Json;
        Assert.Equal(("mean", false, false), (report.GetProperty("fuse").GetString(), report.GetProperty("augSmooth").GetBoolean(), report.GetProperty("eigenSmooth").GetBoolean()));
        Assert.Equal(_folder.Out("f.png"), report.GetProperty("outputs").GetProperty("fused").GetString());
        using SKBitmap picture = SKBitmap.Decode(_folder.Out("f.png"));
        Assert.True(picture.Width > 2 * 256);
    }

    [Theory]
    [InlineData("--fuse mean, max or weighted", "--fused", "a.png")]
    [InlineData("--fused FILE.png", "--fuse", "mean")]
    [InlineData("--fused FILE.png", "--fuse", "mean", "--fused", "a.jpg")]
    [InlineData("one of mean, max, weighted", "--fuse", "sum", "--fused", "a.png")]
    [InlineData("--road", "--fuse", "weighted", "--fused", "a.png")]
    public void Wrong_commands_are_explained(string expected, params string[] words) =>
        Tool.RunSmall(_folder, [.. words, "--json", "-"]).Failed(2, expected);

    private ToolResult Run(params string[] more) => Tool.RunSmall(_folder, ["--layers", "layer3.*,layer1", .. more]).Succeeded();
}
