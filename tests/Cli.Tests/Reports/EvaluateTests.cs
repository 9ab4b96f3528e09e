using System.Globalization;
using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary><c>evaluate</c>.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_layers_point_far_better_than_chance_and_the_baseline()
    {
        JsonElement report = Run("--scenes", "40", "--seed", "7", "--methods", "GradCAM", "--json").Succeeded().Json;
        JsonElement grad = report.GetProperty("methods")[0], random = report.GetProperty("methods")[1];
        Assert.Equal(("GradCAM", "RandomCAM", 80), (grad.GetProperty("method").GetString(), random.GetProperty("method").GetString(), report.GetProperty("objects").GetInt32()));
        Assert.Equal("layer4", grad.GetProperty("last").GetProperty("layer").GetString());
        double chance = report.GetProperty("chance").GetDouble();
        Assert.InRange(chance, 0.03, 0.12);
        Assert.True(Pointing(grad) >= 0.9, $"GradCAM points into the mask in {Pointing(grad):P0}");
        Assert.True(Pointing(random) < Pointing(grad) - 0.4, $"RandomCAM points into the mask in {Pointing(random):P0}");
        Assert.True(Energy(grad) > 2 * Energy(random) && Energy(grad) > 4 * chance, $"energy inside: GradCAM {Energy(grad):P0}, RandomCAM {Energy(random):P0}, chance {chance:P0}");

        static double Pointing(JsonElement method) => method.GetProperty("last").GetProperty("pointing").GetDouble();
        static double Energy(JsonElement method) => method.GetProperty("last").GetProperty("energy").GetDouble();
    }

    [Fact]
    public void The_same_command_gives_the_same_numbers_and_another_seed_others()
    {
        string[] command = ["--scenes", "2", "--methods", "GradCAM,LayerCAM", "--objects", "1", "--json", "--seed"];
        string first = Run([.. command, "5"]).Succeeded().Output;
        Assert.Equal(first, Run([.. command, "5"]).Succeeded().Output);
        Assert.NotEqual(first, Run([.. command, "6"]).Succeeded().Output);
    }

    [Fact]
    public void Phantoms_are_evaluated_and_csv_and_plot_written()
    {
        ToolResult result = Run("--model", "demo_phantom", "--scenes", "2", "--csv", _folder.Out("a.csv"), "--plot", _folder.Out("a.svg")).Succeeded();
        Assert.Contains("demo_phantom: 2 scenes of seed 1, 2 objects", result.Output, StringComparison.Ordinal);
        Assert.All(["GradCAM", "HiResCAM", "LayerCAM", "RandomCAM (baseline)", "best layer"], word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
        Assert.Equal(["a.csv", "a.svg"], _folder.Outputs);

        string[][] rows = [.. File.ReadAllText(_folder.Out("a.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(','))];
        Assert.Equal(["method", "frame", "layer", "height", "width", "maps", "pointing", "energy", "empty", "chance"], rows[0]);
        Assert.Equal(["GradCAM", "HiResCAM", "LayerCAM", "RandomCAM"], rows.Skip(1).Select(r => r[0]).Distinct());
        Assert.All(rows.Skip(1), r =>
        {
            Assert.Equal((10, "2"), (r.Length, r[5]));
            Assert.InRange(double.Parse(r[6], CultureInfo.InvariantCulture), 0, 1);
        });
        string plot = File.ReadAllText(_folder.Out("a.svg"));
        Assert.All(["GradCAM", "LayerCAM", "RandomCAM", "chance", "conv1"], word => Assert.Contains(word, plot, StringComparison.Ordinal));
    }

    [Fact]
    public void The_layer_that_road_chooses_is_compared_with_the_final_one()
    {
        ToolResult result = Run("--scenes", "1", "--objects", "1", "--methods", "RandomCAM", "--by-road", "--road-csv", _folder.Out("a.csv"));
        Assert.All(["chosen points", "only final", "same map", "no score"], word => Assert.Contains(word, result.Succeeded().Output, StringComparison.Ordinal));
        string[] rows = File.ReadAllLines(_folder.Out("a.csv"));
        Assert.Equal(2, rows.Length);
        Assert.StartsWith("RandomCAM,0,", rows[1], StringComparison.Ordinal);
        Assert.Contains(",layer4,", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_need_scores() => Run("--road-csv", _folder.Out("a.csv")).Failed(2, "--road-csv", "Give --by-road");

    [Theory]
    [InlineData("--scenes", "0", "--scenes 0 is out of range", "1 to")]
    [InlineData("--objects", "4", "--objects 4 cannot be drawn", "1 to 3")]
    [InlineData("--model", "demo_scene", "no scenes with known truth for 'demo_scene'", "'demo_scenes'")]
    [InlineData("--methods", "GradCAM,LayrCAM", "no method 'LayrCAM'", "'LayerCAM'")]
    [InlineData("--methods", ",", "names none", "all")]
    [InlineData("--plot", "a.pdf", "a.pdf", ".png or .svg")]
    [InlineData("--seed", "-1", "'-1'", "--seed")]
    public void A_wrong_option(string option, string value, params string[] words)
    {
        Run(option, value, "--csv", _folder.Out("a.csv")).Failed(2, words);
        Assert.Empty(_folder.Outputs);
    }

    [Fact]
    public void Phantoms_have_one_lesion() => Run("--model", "demo_phantom", "--objects", "2").Failed(2, "one lesion");

    [Fact]
    public void Two_outputs_of_one_name() => Run("--csv", _folder.Out("a.svg"), "--plot", _folder.Out("a.svg")).Failed(2, "same name");

    [Fact]
    public void A_folder_that_is_missing_is_named_before_anything_is_drawn() => Run("--csv", _folder.Out("none/a.csv")).Failed(1, "none");

    [Fact]
    public void Help_has_examples() => Assert.Contains("camanim evaluate --scenes 200 --seed 7", Tool.Run("evaluate", "--help").Succeeded().Output, StringComparison.Ordinal);

    private static ToolResult Run(params string[] options) => Tool.Run(["evaluate", "--progress", "none", .. options]);
}
