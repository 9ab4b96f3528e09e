using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;
using SkiaSharp;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Runs with scores.</summary>
public sealed class RoadRunTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scores_stand_on_frames_and_in_totals()
    {
        JsonElement report = Run("--road", "--seed", "7", "--json", "-").Json;
        JsonElement[] kept = [.. report.GetProperty("frames").EnumerateArray().Where(f => f.GetProperty("kept").GetBoolean())];
        JsonElement road = report.GetProperty("totals").GetProperty("road");
        float[] scores = [.. kept.Select(f => f.GetProperty("road")).Where(r => r.ValueKind == JsonValueKind.Number).Select(r => r.GetSingle())];
        Assert.Equal(kept.Length, scores.Length);
        Assert.All(scores, s => Assert.InRange(s, -0.5f, 0.5f));
        Assert.Equal(scores.Max(), road.GetProperty("max").GetSingle());
        Assert.Equal(scores.Average(s => (double)s), road.GetProperty("mean").GetDouble(), 5);
        JsonElement best = kept.First(f => f.GetProperty("road").GetSingle() == scores.Max());
        Assert.Equal(best.GetProperty("name").GetString(), road.GetProperty("maxLayer").GetString());
        Assert.Equal((kept[^1].GetProperty("name").GetString(), scores[^1]), (road.GetProperty("finalLayer").GetString(), road.GetProperty("finalLayerRoad").GetSingle()));
        Assert.Equal(("exact", 7ul, 1), (road.GetProperty("mode").GetString(), road.GetProperty("seed").GetUInt64(), road.GetProperty("trials").GetInt32()));
        Assert.All(kept, f => Assert.Equal([20, 40, 60, 80], f.GetProperty("roadPercentiles").EnumerateArray().Select(p => p.GetProperty("percentile").GetInt32())));
        Assert.All(kept, f => Assert.Equal(f.GetProperty("roadPercentiles").EnumerateArray().Average(p => p.GetProperty("road").GetDouble()), f.GetProperty("road").GetDouble(), 5));
        Assert.True(report.GetProperty("elapsedMilliseconds").GetProperty("road").GetDouble() > 0);
    }

    [Fact]
    public void Options_reach_the_scores()
    {
        JsonElement road = Run("--road", "--road-mode", "reference", "--road-noise", "0.5", "--road-trials", "2", "--road-percentiles", "30,70.5", "--json", "-").Json.GetProperty("totals").GetProperty("road");
        Assert.Equal(("reference", 0.5f, 2), (road.GetProperty("mode").GetString(), road.GetProperty("noise").GetSingle(), road.GetProperty("trials").GetInt32()));
        Assert.Equal([30, 70.5], road.GetProperty("percentiles").EnumerateArray().Select(p => p.GetDouble()));
    }

    [Fact]
    public void Maps_without_a_score_have_a_reason()
    {
        JsonElement[] kept = [.. Run("--road", "--road-mode", "reference", "--json", "-").Json.GetProperty("frames").EnumerateArray().Where(f => f.GetProperty("kept").GetBoolean())];
        Assert.Contains(kept, f => f.GetProperty("roadReason").ValueKind == JsonValueKind.String);
        Assert.All(kept, f => Assert.NotEqual(f.GetProperty("road").ValueKind == JsonValueKind.Null, f.GetProperty("roadReason").ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public void Progress_has_the_stage()
    {
        ToolResult result = Run("--road", "--json", "-", "--progress", "json");
        JsonElement[] lines = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).Where(l => l.GetProperty("stage").GetString() == "road")];
        Assert.Equal(0, lines[0].GetProperty("done").GetInt32());
        Assert.Equal(lines[^1].GetProperty("total").GetInt32(), lines[^1].GetProperty("done").GetInt32());
    }

    [Fact]
    public void The_video_has_a_curve()
    {
        Video.Require();
        JsonElement Size(params string[] more) => Run([.. more, "--output", _folder.Out("a.mp4"), "--json", "-"]).Json.GetProperty("outputs").GetProperty("video");
        int plain = Size().GetProperty("height").GetInt32();
        Assert.True(Size("--road").GetProperty("height").GetInt32() > plain);
    }

    [Fact]
    public void Best_layer_and_contact_sheet_are_pictures()
    {
        JsonElement outputs = Run("--road", "--best-layer", _folder.Out("best.png"), "--contact-sheet", _folder.Out("sheet.png"), "--json", "-").Json.GetProperty("outputs");
        Assert.Equal((_folder.Out("best.png"), _folder.Out("sheet.png")), (outputs.GetProperty("bestLayer").GetString(), outputs.GetProperty("contactSheet").GetString()));
        Assert.All((string[])["best.png", "sheet.png"], name => Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(_folder.Out(name))[1..4]));
    }

    [Fact]
    public void The_best_layer_is_the_videos_frame()
    {
        Video.Require();
        JsonElement report = Run("--road", "--output", _folder.Out("a.mp4"), "--frames", _folder.Out("f"), "--best-layer", _folder.Out("best.png"), "--json", "-").Json;
        string? best = report.GetProperty("totals").GetProperty("road").GetProperty("maxLayer").GetString();
        int frame = report.GetProperty("frames").EnumerateArray().Single(f => f.GetProperty("name").GetString() == best).GetProperty("frame").GetInt32();
        using SKBitmap drawn = SKBitmap.Decode(_folder.Out("best.png"));
        using SKBitmap inVideo = SKBitmap.Decode(_folder.Out($"f/frame-{frame:0000}.png"));
        Assert.Equal(inVideo.Pixels, drawn.Pixels);
    }

    [Fact]
    public void A_best_layer_needs_scores() => Tool.RunSmall(_folder, "--best-layer", _folder.Out("b.png")).Failed(2, "--best-layer", "Give --road too");

    [Fact]
    public void Without_any_score_there_is_no_best_layer()
    {
        // Squares of large activations overflow: maps of NaN, and logits that are numbers.
        Tool.RunSmall(_folder, "--method", "EigenCAM", "--std", "1e-22", "--layers", "layer3", "--road", "--best-layer", _folder.Out("b.png"), "--maps", _folder.Out("m.safetensors")).Failed(1, "--best-layer", "none of the 1 has one");
        Assert.Empty(_folder.Outputs);
    }

    [Theory]
    [InlineData("--road-noise", "-1")]
    [InlineData("--road-trials", "0")]
    [InlineData("--road-percentiles", "20,20")]
    [InlineData("--road-percentiles", "0,x")]
    public void Wrong_values(string option, string value) =>
        Tool.RunSmall(_folder, "--road", option, value, "--json", "-").Failed(2, option, value, "Give");

    [Fact]
    public void Details_without_scores() => Tool.RunSmall(_folder, "--road-trials", "3", "--json", "-").Failed(2, "--road-trials", "Give --road too");

    private ToolResult Run(params string[] more) => Tool.RunSmall(_folder, ["--layers", "layer3.*,layer1", "--target", "dog", .. more]).Succeeded();
}
