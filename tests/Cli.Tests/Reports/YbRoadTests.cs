using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Scores without a video.</summary>
public sealed class YbRoadTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_target_gives_one_object()
    {
        JsonElement json = Run("--target", "dog", "--trials", "2", "--smooth", "3", "--json", "-").Json;
        JsonElement[] frames = [.. json.GetProperty("frames").EnumerateArray()];
        float[] scores = [.. frames.Select(f => f.GetProperty("road").GetSingle())];
        Assert.All(frames, f => Assert.Equal((2, 4), (f.GetProperty("trials").GetArrayLength(), f.GetProperty("percentiles").GetArrayLength())));
        Assert.Equal(scores.Max(), json.GetProperty("max").GetSingle());
        Assert.Equal(frames[Array.IndexOf(scores, scores.Max())].GetProperty("name").GetString(), json.GetProperty("maxLayer").GetString());
        Assert.Equal(("layer3", scores[^1]), (json.GetProperty("finalLayer").GetString(), json.GetProperty("finalLayerRoad").GetSingle()));
        Assert.Equal(("cifar10_resnet20", "GradCAM", "dog", 5), (json.GetProperty("model").GetString(), json.GetProperty("method").GetString(), json.GetProperty("target").GetProperty("asked").GetString(), json.GetProperty("classIndex").GetInt32()));
        JsonElement smooth = json.GetProperty("smooth");
        Assert.Equal(3, smooth.GetProperty("window").GetInt32());
        Assert.Equal((scores[0] + scores[1] + scores[2]) / 3, smooth.GetProperty("road")[1].GetSingle(), 5);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("baselines").ValueKind);
    }

    [Fact]
    public void It_agrees_with_a_run()
    {
        JsonElement alone = Run("--target", "dog", "--seed", "3", "--json", "-").Json;
        JsonElement run = Tool.RunSmall(_folder, "--layers", "layer3.2.*,layer3", "--target", "dog", "--seed", "3", "--road", "--json", "-").Succeeded().Json.GetProperty("totals").GetProperty("road");
        Assert.All((string[])["mean", "max", "finalLayerRoad", "differenceToFinal"], name => Assert.Equal(run.GetProperty(name).GetSingle(), alone.GetProperty(name).GetSingle(), 1e-5f));
    }

    [Fact]
    public void Several_targets_and_baselines_give_an_array_a_table_and_files()
    {
        ToolResult result = Run("--target", "dog", "--target", "not:cat", "--baselines", "--json", _folder.Out("a.json"), "--csv", _folder.Out("a.csv"), "--plot", _folder.Out("a.png"));
        Assert.All((string[])["dog", "not:cat", "RandomCAM", "white noise", "max - final"], word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
        JsonElement json = JsonDocument.Parse(File.ReadAllBytes(_folder.Out("a.json"))).RootElement;
        Assert.Equal(["dog", "not:cat"], json.EnumerateArray().Select(s => s.GetProperty("target").GetProperty("asked").GetString()));
        int layers = json[0].GetProperty("frames").GetArrayLength();
        Assert.All(json.EnumerateArray(), s => Assert.Equal((layers, 5), (s.GetProperty("baselines").GetProperty("randomCam").GetProperty("frames").GetArrayLength(), s.GetProperty("baselines").GetProperty("randomMaps").GetProperty("frames").GetArrayLength())));
        string[] lines = File.ReadAllLines(_folder.Out("a.csv"));
        Assert.StartsWith("target,frame,name,", lines[0], StringComparison.Ordinal);
        Assert.Equal([layers, layers], [lines.Count(l => l.StartsWith("\"dog\",", StringComparison.Ordinal)), lines.Count(l => l.StartsWith("\"not:cat\",", StringComparison.Ordinal))]);
        Assert.Equal(["a.csv", "a.json", "a.png"], _folder.Outputs);
        Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(_folder.Out("a.png"))[1..4]);
    }

    [Theory]
    [InlineData("--smooth", "4", "--smooth 4")]
    [InlineData("--trials", "0", "--trials 0")]
    [InlineData("--plot", "a.pdf", "a.pdf")]
    [InlineData("--target", "dgo", "'dgo'")]
    [InlineData("--layers", "layer9", "selects no module")]
    public void A_wrong_option(string option, string value, string words) => Start(option, value, "--json", "-").Failed(2, words);

    [Fact]
    public void Nothing_is_left_where_there_is_nothing_to_draw()
    {
        // Infinite inputs make maps of NaN.
        Start("--std", "1e-38", "--layers", "layer3", "--csv", _folder.Out("a.csv"), "--plot", _folder.Out("a.svg")).Failed(1, "--plot has nothing to draw");
        Assert.Empty(_folder.Outputs);
    }

    private ToolResult Run(params string[] more) => Start(["--layers", "layer3.2.*,layer3", .. more]).Succeeded();

    private ToolResult Start(params string[] more) =>
        Tool.Run(["ybroad", "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--image", _folder.Picture(), "--progress", "none", .. more]);
}
