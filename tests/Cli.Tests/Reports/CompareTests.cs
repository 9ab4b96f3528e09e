using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;
using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary><c>camanim compare</c>.</summary>
public sealed class CompareTests : IDisposable
{
    private static readonly string[] Scene = ["compare", "--model", "demo_scenes", "--weights", "default", "--image", "demo:ring-and-star", "--progress", "none"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Methods_over_depth_are_a_grid_a_video_and_a_report()
    {
        JsonElement report = Run("--methods", "GradCAM,EigenCAM,RandomCAM", "--target", "star", "--percentiles", "0,50,100", "--grid", _folder.Out("g.png"), "--output", _folder.Out("v.mp4"), "--frames", _folder.Out("frames"), "--json", "-").Json;
        Assert.Equal(["model", "weights", "input", "layers", "order", "compat", "augSmooth", "eigenSmooth", "precision", "memoryFormat", "seed", "targets", "activation", "activationReason", "warnings", "frames", "columns", "objects", "series", "outputs", "elapsedMilliseconds", "versions"], report.EnumerateObject().Select(p => p.Name));
        int frames = report.GetProperty("frames").GetInt32();
        JsonElement[] columns = [.. report.GetProperty("columns").EnumerateArray()];
        Assert.Equal([1, 1 + (int)Math.Round((frames - 1) / 2.0, MidpointRounding.AwayFromZero), frames], columns.Select(c => c.GetProperty("frame").GetInt32()));
        Assert.Equal(["GradCAM", "EigenCAM", "RandomCAM"], report.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("method").GetString()));
        Assert.All(report.GetProperty("series").EnumerateArray(), s => Assert.Equal(3, s.GetProperty("cells").GetArrayLength()));
        Assert.Equal(frames, Directory.GetFiles(_folder.Out("frames")).Length);
        Assert.Equal(frames, report.GetProperty("outputs").GetProperty("video").GetProperty("frames").GetInt32());
        using SKBitmap grid = SKBitmap.Decode(_folder.Out("g.png"));
        Assert.True(grid.Width > 4 * 128 && grid.Height > 3 * 128, $"{grid.Width}x{grid.Height}");
    }

    [Fact]
    public void What_methods_are_told_stands_in_the_report()
    {
        JsonElement report = Run("--methods", "FinerCAM,ScoreCAM", "--method-option", "alpha=0.25", "--channels", "top:3", "--compat", "reference", "--eigen-smooth", "--layers", "layer4", "--percentiles", "100", "--json", "-").Json;
        Assert.Equal(("reference", false, true), (report.GetProperty("compat").GetString(), report.GetProperty("augSmooth").GetBoolean(), report.GetProperty("eigenSmooth").GetBoolean()));
        JsonElement[] series = [.. report.GetProperty("series").EnumerateArray()];
        Assert.All(series, s => Assert.Equal(["method", "channelLimit", "methodOptions", "target", "probability", "globalMin", "globalMax", "cells"], s.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(["base=GradCAM", "classes=3", "alpha=0.25"], series[0].GetProperty("methodOptions").EnumerateArray().Select(o => $"{o.GetProperty("name")}={o.GetProperty("value")}"));
        Assert.Equal(("null", "3", 0), (series[0].GetProperty("channelLimit").GetRawText(), series[1].GetProperty("channelLimit").GetRawText(), series[1].GetProperty("methodOptions").GetArrayLength()));
    }

    [Fact]
    public void Maps_are_those_of_run_and_targets_are_rows()
    {
        JsonElement report = Run("--methods", "LayerCAM,HiResCAM", "--target", "star", "--target", "ring", "--layers", "layer4", "--percentiles", "100", "--json", "-").Json;
        JsonElement[] series = [.. report.GetProperty("series").EnumerateArray()];
        Assert.Equal(["LayerCAM star", "LayerCAM ring", "HiResCAM star", "HiResCAM ring"], series.Select(s => $"{s.GetProperty("method")} {s.GetProperty("target")}"));
        foreach (JsonElement one in series)
        {
            JsonElement alone = Tool.Run([.. Scene.Select(w => w == "compare" ? "run" : w), "--method", one.GetProperty("method").GetString()!, "--target", one.GetProperty("target").GetString()!, "--layers", "layer4", "--json", "-"]).Succeeded().Json;
            JsonElement frame = alone.GetProperty("frames").EnumerateArray().Single(f => f.GetProperty("kept").GetBoolean());
            Assert.Equal(frame.GetProperty("max").GetSingle(), one.GetProperty("cells")[0].GetProperty("max").GetSingle());
        }
    }

    [Fact]
    public void Drawn_objects_have_their_share_of_each_map()
    {
        ToolResult result = Run("--methods", "GradCAM", "--target", "star", "--layers", "layer4", "--percentiles", "100", "--grid", _folder.Out("g.png"), "--json", _folder.Out("a.json"));
        Assert.All((string[])["Share of the map on each object at layer4", "star", "ring"], word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder.Out("a.json")));
        double[] energy = [.. report.RootElement.GetProperty("series")[0].GetProperty("cells")[0].GetProperty("energy").EnumerateArray().Select(e => e.GetDouble())];
        string?[] names = [.. report.RootElement.GetProperty("objects").EnumerateArray().Select(o => o.GetProperty("name").GetString())];
        Assert.True(energy[Array.IndexOf(names, "star")] > energy[Array.IndexOf(names, "ring")] && energy.Sum() <= 1, string.Join(' ', energy));
        Assert.All(report.RootElement.GetProperty("objects").EnumerateArray(), o => Assert.InRange(o.GetProperty("area").GetDouble(), 0.01, 0.3));
    }

    [Fact]
    public void EigenCam_shows_the_same_object_whichever_of_two_is_asked_for()
    {
        string[] words = [.. Scene.Select(w => w == "demo:ring-and-star" ? "demo:cross-and-circle" : w)];
        JsonElement report = Tool.Run([.. words, "--methods", "GradCAM,EigenCAM", "--target", "cross", "--target", "circle", "--layers", "layer4", "--percentiles", "100", "--json", "-"]).Succeeded().Json;
        string?[] objects = [.. report.GetProperty("objects").EnumerateArray().Select(o => o.GetProperty("name").GetString())];
        double Share(string method, string target, string name) => report.GetProperty("series").EnumerateArray()
            .Single(s => s.GetProperty("method").GetString() == method && s.GetProperty("target").GetString() == target)
            .GetProperty("cells")[0].GetProperty("energy")[Array.IndexOf(objects, name)].GetDouble();
        foreach ((string asked, string other) in ((string, string)[])[("cross", "circle"), ("circle", "cross")])
        {
            Assert.True(Share("GradCAM", asked, asked) > 5 * Share("GradCAM", asked, other), $"GradCAM of {asked}: {Share("GradCAM", asked, asked)}, on {other} {Share("GradCAM", asked, other)}");
            Assert.Equal(Share("EigenCAM", other, other), Share("EigenCAM", asked, other));
        }

        // So for one of them it shows the wrong one, and clearly.
        double[] shares = [Share("EigenCAM", "cross", "cross"), Share("EigenCAM", "cross", "circle")];
        Assert.True(shares.Max() > 2 * shares.Min(), string.Join(' ', shares));
    }

    [Fact]
    public void Other_pictures_have_no_objects_and_the_default_is_every_method_of_one_pass()
    {
        JsonElement report = Tool.Run("compare", "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--image", _folder.Picture(), "--progress", "none", "--json", "-").Succeeded().Json;
        Assert.Equal(0, report.GetProperty("objects").GetArrayLength());
        string?[] methods = [.. report.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("method").GetString())];
        Assert.Contains("GradCAM++", methods);
        Assert.DoesNotContain("ScoreCAM", methods);
        Assert.Equal(11, report.GetProperty("columns").GetArrayLength());
    }

    [Fact]
    public void The_same_command_draws_the_same_picture()
    {
        byte[][] drawn = [.. ((string[])["a.png", "b.png"]).Select(name =>
        {
            Run("--methods", "EigenCAM,RandomCAM", "--norm", "both", "--percentiles", "40,100", "--panel", "32", "--seed", "4", "--grid", _folder.Out(name));
            return File.ReadAllBytes(_folder.Out(name));
        })];
        Assert.Equal(drawn[0], drawn[1]);
    }

    [Theory]
    [InlineData("--grid FILE.png", "")]
    [InlineData("GradCAM", "--methods", "GradCAMM", "--grid", "g.png")]
    [InlineData("no depths", "--percentiles", "0,101", "--grid", "g.png")]
    [InlineData("--panel", "--panel", "3", "--grid", "g.png")]
    [InlineData("end in .png", "--grid", "g.jpg")]
    [InlineData("end like a video", "--output", "v.avi")]
    [InlineData("Give --output too", "--frames", "f", "--grid", "g.png")]
    public void Wrong_commands_are_explained(string expected, params string[] words)
    {
        ToolResult result = Tool.Run([.. Scene, .. words.Where(w => w.Length > 0)]);
        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static ToolResult Run(params string[] more) => Tool.Run([.. Scene, .. more]).Succeeded();
}
