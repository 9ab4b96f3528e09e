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
        Assert.Equal(["model", "weights", "input", "method", "layers", "order", "compat", "channelLimit", "methodOptions", "augSmooth", "eigenSmooth", "target"], json.EnumerateObject().Select(p => p.Name).Take(12));
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
        Assert.StartsWith("target,method,frame,name,", lines[0], StringComparison.Ordinal);
        Assert.Equal([layers, layers], [lines.Count(l => l.StartsWith("\"dog\",", StringComparison.Ordinal)), lines.Count(l => l.StartsWith("\"not:cat\",", StringComparison.Ordinal))]);
        Assert.Equal(["a.csv", "a.json", "a.png"], _folder.Outputs);
        Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(_folder.Out("a.png"))[1..4]);
    }

    [Fact]
    public void Several_methods_have_a_series_and_a_panel_each_and_other_measures_their_columns()
    {
        ToolResult result = Run("--target", "dog", "--methods", "GradCAM,LayerCAM", "--curves", "--drops", "--json", _folder.Out("a.json"), "--csv", _folder.Out("a.csv"), "--plot", _folder.Out("a.svg"), "--panels", "--parameters", _folder.Out("p.svg"));
        Assert.All((string[])["dog, GradCAM", "dog, LayerCAM", "insertion", "ADCC"], word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
        JsonElement[] json = [.. JsonDocument.Parse(File.ReadAllBytes(_folder.Out("a.json"))).RootElement.EnumerateArray()];
        Assert.Equal(["GradCAM", "LayerCAM"], json.Select(s => s.GetProperty("method").GetString()));
        Assert.All(json, s =>
        {
            JsonElement[] frames = [.. s.GetProperty("frames").EnumerateArray()], curves = [.. s.GetProperty("curves").EnumerateArray()], drops = [.. s.GetProperty("drops").EnumerateArray()];
            Assert.Equal(frames.Select(f => f.GetProperty("name").GetString()), curves.Select(c => c.GetProperty("name").GetString()));
            Assert.Equal(frames.Select(f => f.GetProperty("name").GetString()), drops.Select(d => d.GetProperty("name").GetString()));
            Assert.All(curves, c => Assert.Equal((29, 29), (c.GetProperty("insertion").GetArrayLength(), c.GetProperty("deletion").GetArrayLength())));
            Assert.All(curves, c => Assert.InRange(c.GetProperty("deletionArea").GetSingle(), 0, 1));
            Assert.All(drops, d => Assert.InRange(d.GetProperty("adcc").GetSingle(), 0, 1));
        });
        string[] lines = File.ReadAllLines(_folder.Out("a.csv"));
        Assert.EndsWith(",insertion_area,deletion_area,masked_score,drop,increase,complexity,coherency,adcc", lines[0], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(lines[0].Count(c => c == ','), l.Count(c => c == ',')));
        Assert.Equal(1 + (2 * json[0].GetProperty("frames").GetArrayLength()), lines.Length);
        string plot = File.ReadAllText(_folder.Out("a.svg"));
        Assert.All((string[])["dog, GradCAM", "dog, LayerCAM"], name => Assert.Contains(name, plot, StringComparison.Ordinal));
        Assert.Contains("Parameters", File.ReadAllText(_folder.Out("p.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_precision_is_named_and_close()
    {
        JsonElement whole = Run("--target", "dog", "--json", "-").Json, half = Run("--target", "dog", "--precision", "bf16", "--json", "-").Json;
        Assert.Equal(("float32", "bfloat16"), (whole.GetProperty("precision").GetString(), half.GetProperty("precision").GetString()));
        Assert.NotEqual(whole.GetProperty("mean").GetSingle(), half.GetProperty("mean").GetSingle());
        Assert.Equal(whole.GetProperty("mean").GetSingle(), half.GetProperty("mean").GetSingle(), 0.02f);
    }

    [Fact]
    public void A_run_that_did_not_end_goes_on_with_the_layers_it_had()
    {
        // Squares of large activations overflow: maps of NaN. All layers are finished, and the plot fails.
        string[] run = ["--method", "EigenCAM", "--std", "1e-22", "--layers", "layer3.2.*,layer3", "--resume", _folder.Out("a.part")];
        Start([.. run, "--plot", _folder.Out("a.svg")]).Failed(1, "--plot has nothing to draw");
        Assert.Equal(["a.part"], _folder.Outputs);
        string[] lines = File.ReadAllLines(_folder.Out("a.part"));
        File.WriteAllLines(_folder.Out("a.part"), [lines[0].Replace("NaN or infinity", "what was there", StringComparison.Ordinal), .. lines[1..^1]]);
        Start([.. run, "--seed", "5", "--json", "-"]).Failed(1, "another run");

        JsonElement[] frames = [.. Start([.. run, "--json", "-"]).Succeeded().Json.GetProperty("frames").EnumerateArray()];
        Assert.Equal(lines.Length, frames.Length);
        Assert.Equal(["the map holds what was there", .. Enumerable.Repeat("the map holds NaN or infinity", lines.Length - 1)], frames.Select(f => f.GetProperty("reason").GetString()));
        Assert.Empty(_folder.Outputs);
    }

    [Fact]
    public void Panels_need_a_plot() => Start("--panels", "--json", "-").Failed(2, "--panels", "Give --plot");

    [Fact]
    public void One_way_to_name_methods() => Start("--method", "LayerCAM", "--methods", "GradCAM", "--json", "-").Failed(2, "--method and --methods");

    [Theory]
    [InlineData("--precision", "f16", "f32, bf16")]
    [InlineData("--methods", "GradCAM,LayrCAM", "'LayerCAM'")]
    [InlineData("--methods", ",", "names none")]
    [InlineData("--parameters", "a.pdf", "a.pdf")]
    [InlineData("--smooth", "4", "--smooth 4")]
    [InlineData("--trials", "0", "--trials 0")]
    [InlineData("--plot", "a.pdf", "a.pdf")]
    [InlineData("--target", "dgo", "'dgo'")]
    [InlineData("--layers", "layer9", "selects no module")]
    public void A_wrong_option(string option, string value, string words) => Start(option, value, "--json", "-").Failed(2, words);

    [Fact]
    public void Nothing_is_left_where_there_is_nothing_to_draw()
    {
        // Squares of large activations overflow: maps of NaN.
        Start("--method", "EigenCAM", "--std", "1e-22", "--layers", "layer3", "--csv", _folder.Out("a.csv"), "--plot", _folder.Out("a.svg")).Failed(1, "--plot has nothing to draw");
        Assert.Empty(_folder.Outputs);
    }

    private ToolResult Run(params string[] more) => Start(["--layers", "layer3.2.*,layer3", .. more]).Succeeded();

    private ToolResult Start(params string[] more) =>
        Tool.Run(["ybroad", "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--image", _folder.Picture(), "--progress", "none", .. more]);
}
