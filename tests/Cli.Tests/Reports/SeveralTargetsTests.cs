using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Tests;
using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Runs that explain several targets at once.</summary>
public sealed class SeveralTargetsTests : IDisposable
{
    private const string Layers = "layer3.*,layer1";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_target_has_what_its_own_run_would_have()
    {
        JsonElement both = Run("--target", "dog", "--target", "not:cat", "--road", "--seed", "3", "--maps", _folder.Out("both.safetensors"), "--json", "-").Json;
        ReferenceTensors maps = new(_folder.Out("both.safetensors"));
        Assert.Equal(("5,3", "dog,not:cat"), (maps.Metadata["category"], maps.Metadata["target"]));
        JsonElement[] targets = [both, both.GetProperty("otherTargets")[0]];
        Assert.Equal(1, both.GetProperty("otherTargets").GetArrayLength());
        foreach ((string asked, JsonElement found) in ((string[])["dog", "not:cat"]).Zip(targets))
        {
            JsonElement alone = Run("--target", asked, "--road", "--seed", "3", "--maps", _folder.Out("one.safetensors"), "--json", "-").Json;
            Assert.Equal(0, alone.GetProperty("otherTargets").GetArrayLength());
            foreach (string field in (string[])["target", "probability", "totals"])
            {
                Assert.True(JsonElement.DeepEquals(alone.GetProperty(field), found.GetProperty(field)), $"{asked}: {field}");
            }

            Assert.Equal(Scores(alone), Scores(found));
            ReferenceTensors own = new(_folder.Out("one.safetensors"));
            Assert.All(own.Keys, key => Numbers.AssertClose(maps.Floats($"{asked}/{key}"), own.Floats(key), 0, 0, key));
        }
    }

    [Fact]
    public void They_stand_side_by_side_in_video_and_pictures()
    {
        string[] outputs = ["--output", _folder.Out("a.mp4"), "--frames", _folder.Out("frames"), "--contact-sheet", _folder.Out("sheet.png")];
        JsonElement one = Run(["--target", "dog", "--json", "-", .. outputs]).Json.GetProperty("outputs").GetProperty("video");
        int sheet = Width(_folder.Out("sheet.png"));
        JsonElement two = Run(["--target", "dog", "cat", "--json", "-", .. outputs]).Json.GetProperty("outputs").GetProperty("video");
        Assert.Equal(one.GetProperty("frames").GetInt32(), two.GetProperty("frames").GetInt32());
        Assert.Equal((one.GetProperty("width").GetInt32(), true), (two.GetProperty("width").GetInt32(), two.GetProperty("height").GetInt32() > one.GetProperty("height").GetInt32()));
        Assert.Equal(two.GetProperty("width").GetInt32(), Width(_folder.Out("frames/frame-0001.png")));
        Assert.True(Width(_folder.Out("sheet.png")) > sheet);
    }

    [Fact]
    public void The_summary_names_them_and_a_target_counts_once()
    {
        string output = Run("--target", "dog", "--target", "cat", "--target", "dog", "--road", "--json", _folder.Out("a.json")).Output;
        Assert.All((string[])["GradCAM: dog (5) at", "and cat (3) at", "ROAD of dog: mean", "ROAD of cat: mean"], part => Assert.Contains(part, output, StringComparison.Ordinal));
        Assert.Equal(output.IndexOf("cat (3)", StringComparison.Ordinal), output.LastIndexOf("cat (3)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("top:2")]
    [InlineData("finer:dog")]
    [InlineData("finer")]
    public void Targets_of_the_library_are_read(string target) =>
        Assert.Equal(target, Run("--target", target, "--json", "-").Json.GetProperty("target").GetProperty("asked").GetString());

    private ToolResult Run(params string[] more) => Tool.RunSmall(_folder, ["--layers", Layers, .. more]).Succeeded();

    private static int Width(string path)
    {
        using SKBitmap bitmap = SKBitmap.Decode(path);
        return bitmap.Width;
    }

    private static IEnumerable<string> Scores(JsonElement report) =>
        report.GetProperty("frames").EnumerateArray().Select(f => $"{f.GetProperty("name")} {f.GetProperty("min")} {f.GetProperty("max")} {f.GetProperty("road")}");
}
