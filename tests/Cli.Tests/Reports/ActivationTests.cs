using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Networks with one output and with independent findings; torch's logits are those of <c>shared/cases/ref.json</c>.</summary>
public sealed class ActivationTests : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Case(string name) => SharedFiles.Require($"cases/{name}");

    private static string Network(string name) => Case($"onnx/{name}.onnx");

    private static double[] Reference(string key) =>
        [.. JsonDocument.Parse(File.ReadAllBytes(Case("ref.json"))).RootElement.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    [Theory]
    [InlineData("binary_logit", "one output")]
    [InlineData("binary_sigmoid", "ends in a sigmoid")]
    public void One_output_has_the_sigmoid_as_its_probability(string name, string reason)
    {
        double logit = Reference("logit1")[0];
        ToolResult result = Tool.Run("predict", "--model", Network(name), "--image", Case("img/a.png"), "--json").Succeeded();
        Assert.Equal("sigmoid", result.Json.GetProperty("activation").GetString());
        Assert.Contains(reason, result.Json.GetProperty("activationReason").GetString());
        JsonElement top = Assert.Single(result.Json.GetProperty("top").EnumerateArray());
        Assert.Equal(logit, top.GetProperty("logit").GetDouble(), Tolerance);
        Assert.Equal(Sigmoid(logit), top.GetProperty("probability").GetDouble(), Tolerance);

        ToolResult text = Tool.Run("predict", "--model", Network(name), "--image", Case("img/a.png")).Succeeded();
        Assert.Contains("0.9119     0  class 0", text.Output);
        Assert.Contains("scores by sigmoid: the network", text.Error);
    }

    [Theory]
    [InlineData("multilabel_logits", "sigmoid")]
    [InlineData("multilabel_sigmoid", "auto")]
    public void Findings_are_scored_each_by_itself(string name, string activation)
    {
        double[] logits = Reference("multi14");
        JsonElement result = Tool.Run("predict", "--model", Network(name), "--image", Case("img/a.png"), "--activation", activation, "--top", "14", "--json").Succeeded().Json;
        int[] order = [.. Enumerable.Range(0, 14).OrderByDescending(k => logits[k])];
        JsonElement[] top = [.. result.GetProperty("top").EnumerateArray()];
        Assert.Equal(order, top.Select(t => t.GetProperty("index").GetInt32()));
        Assert.All(top.Zip(order), p => Assert.Equal(Sigmoid(logits[p.Second]), p.First.GetProperty("probability").GetDouble(), Tolerance));
    }

    [Fact]
    public void Plain_logits_are_taken_for_classes_unless_told()
    {
        double[] logits = Reference("multi14");
        JsonElement result = Tool.Run("predict", "--model", Network("multilabel_logits"), "--image", Case("img/a.png"), "--json").Succeeded().Json;
        Assert.Equal(("softmax", JsonValueKind.Null), (result.GetProperty("activation").GetString(), result.GetProperty("activationReason").ValueKind));
        Assert.Equal(1 / logits.Sum(l => Math.Exp(l - logits.Max())), result.GetProperty("top")[0].GetProperty("probability").GetDouble(), Tolerance);
        JsonElement none = Tool.Run("predict", "--model", Network("multilabel_logits"), "--image", Case("img/a.png"), "--activation", "none", "--json").Succeeded().Json;
        Assert.Equal(logits.Max(), none.GetProperty("top")[0].GetProperty("probability").GetDouble(), 1e-3);
    }

    [Theory]
    [InlineData("binary_logit")]
    [InlineData("binary_sigmoid")]
    public void Scores_of_layers_differ_and_one_is_best(string name)
    {
        ToolResult result = Tool.Run(
            "run", "--model", Network(name), "--image", Case("img/a.png"), "--target", "0", "--road", "--road-noise", "0", "--json", "-", "--progress", "none", "--report", _folder.File("page.html"), "--best-layer", _folder.File("best.png")).Succeeded();
        JsonElement road = result.Json.GetProperty("totals").GetProperty("road");
        Assert.NotEqual(0, road.GetProperty("max").GetDouble());
        Assert.Equal(JsonValueKind.String, road.GetProperty("maxLayer").ValueKind);
        Assert.Equal(Sigmoid(Reference("logit1")[0]), result.Json.GetProperty("probability").GetDouble(), Tolerance);
        Assert.Contains("\"Scores\",\"sigmoid", File.ReadAllText(_folder.File("page.html")).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_forms_of_a_network_have_the_same_series()
    {
        float[][] series = [.. new[] { "binary_logit", "binary_sigmoid" }.Select(name => Tool.Run("ybroad", "--model", Network(name), "--image", Case("img/a.png"), "--target", "not:0", "--road-noise", "0", "--json", "-", "--progress", "none").Succeeded().Json
            .GetProperty("frames").EnumerateArray().Select(f => f.GetProperty("road").GetSingle()).ToArray())];
        Numbers.AssertClose(series[1], series[0], 1e-6, 0, "ROAD");
        Assert.Contains(series[0], r => MathF.Abs(r) > 0.01f);
    }

    [Fact]
    public void A_saturated_score_names_no_layer_best()
    {
        string[] run = ["run", "--model", Network("multilabel_sigmoid"), "--image", Case("img/a.png"), "--target", "9", "--road", "--road-noise", "0", "--progress", "none"];
        ToolResult summary = Tool.Run([.. run, "--maps", _folder.File("m.safetensors")]).Succeeded();
        Assert.Contains("0.000 at every layer, which tells none from another", summary.Output);
        JsonElement road = Tool.Run([.. run, "--json", "-"]).Succeeded().Json.GetProperty("totals").GetProperty("road");
        Assert.Equal(JsonValueKind.Null, road.GetProperty("maxLayer").ValueKind);
        Tool.Run([.. run, "--best-layer", _folder.File("b.png")]).Failed(1, "--best-layer", "tell no layer from another");
    }

    [Fact]
    public void Softmax_of_one_output_is_refused() =>
        Tool.Run("predict", "--model", Network("binary_logit"), "--image", Case("img/a.png"), "--activation", "softmax").Failed(1, "one output", "always 1", "sigmoid");

    [Fact]
    public void Unknown_words_are_refused() =>
        Tool.Run("predict", "--model", "demo_scenes", "--image", "demo:ring-and-star", "--activation", "tanh").Failed(2, "--activation 'tanh'", "auto, softmax, sigmoid, none");
}
