using System.Text.Json;
using System.Text.Json.Nodes;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>The page of <c>run --report</c> and of <c>report</c>.</summary>
public sealed class PageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stretch")]
    [InlineData("crop")]
    [InlineData("keep")]
    public void A_page_of_a_runs_files_is_the_page_that_the_run_writes(string resize)
    {
        ToolResult run = Run("dog", "--resize", resize, "--report", _folder.Out("run.html"));
        Assert.Contains(_folder.Out("run.html"), run.Output, StringComparison.Ordinal);
        Assert.Equal(_folder.Out("dog.html"), Tool.Run("report", _folder.Out("dog.json")).Succeeded().Output.Trim());
        Assert.Equal(File.ReadAllText(_folder.Out("run.html")), File.ReadAllText(_folder.Out("dog.html")));
        Assert.Equal(_folder.Out("run.html"), JsonDocument.Parse(File.ReadAllText(_folder.Out("dog.json"))).RootElement.GetProperty("outputs").GetProperty("page").GetString());
    }

    [Fact]
    public void A_report_of_before_there_were_method_options_is_read()
    {
        Run("dog", "--layers", "layer3");
        JsonObject report = JsonNode.Parse(File.ReadAllText(_folder.Out("dog.json")))!.AsObject();
        Assert.All((string[])["methodOptions", "augSmooth", "eigenSmooth", "precision", "memoryFormat", "fuse"], field => Assert.True(report.Remove(field), field));
        File.WriteAllText(_folder.Out("old.json"), report.ToJsonString());
        Tool.Run("report", _folder.Out("dog.json")).Succeeded();
        Tool.Run("report", _folder.Out("old.json")).Succeeded();
        Assert.Equal(File.ReadAllText(_folder.Out("dog.html")), File.ReadAllText(_folder.Out("old.html")));
    }

    [Fact]
    public void What_made_the_maps_stands_on_the_page()
    {
        Run("fine", "--method", "FinerCAM", "--method-option", "alpha=0.5", "--eigen-smooth", "--compat", "reference", "--layers", "layer3");
        Tool.Run("report", _folder.Out("fine.json")).Succeeded();
        Assert.Contains("FinerCAM (as the Python programs; base=GradCAM; classes=3; alpha=0.5; eigen smoothing)", File.ReadAllText(_folder.Out("fine.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Signed_maps_make_the_same_page()
    {
        Run("plain", "--report", _folder.Out("run.html"));
        Run("signed", "--signed");
        Tool.Run("report", _folder.Out("signed.json")).Succeeded();
        Assert.Equal(Data("run.html").GetProperty("columns")[0].GetProperty("maps").GetString(), Data("signed.html").GetProperty("columns")[0].GetProperty("maps").GetString());
    }

    [Fact]
    public void Several_reports_are_columns()
    {
        Run("dog");
        Run("cat", "--target", "cat", "--method", "LayerCAM", "--layers", "layer1.*");
        Tool.Run("report", _folder.Out("dog.json"), _folder.Out("cat.json"), "--output", _folder.Out("both.html"), "--colormap", "viridis", "--alpha", "0.7").Succeeded();
        JsonElement data = Data("both.html");
        Assert.Equal("viridis", data.GetProperty("colourMap").GetString());
        JsonElement[] columns = [.. data.GetProperty("columns").EnumerateArray()];
        Assert.Equal([("GradCAM", "dog"), ("LayerCAM", "cat")], columns.Select(c => (c.GetProperty("method").GetString(), c.GetProperty("target").GetString())));
        Assert.Equal(59, data.GetProperty("timeline").GetArrayLength());
        Assert.All(columns, c => Assert.Equal(59, c.GetProperty("frames").GetArrayLength()));
        Assert.InRange(columns[1].GetProperty("frames").EnumerateArray().Count(f => f.ValueKind != JsonValueKind.Null), 5, 30);
    }

    [Fact]
    public void Several_targets_are_columns()
    {
        Run("two", "--target", "dog", "--target", "cat", "--report", _folder.Out("run.html"));
        Tool.Run("report", _folder.Out("two.json")).Succeeded();
        Assert.Equal(File.ReadAllText(_folder.Out("run.html")), File.ReadAllText(_folder.Out("two.html")));
        Assert.Equal(["dog", "cat"], Data("two.html").GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("target").GetString()));
    }

    [Fact]
    public void Files_that_were_moved_together_are_found()
    {
        Run("dog");
        string other = Directory.CreateDirectory(_folder.File("other")).FullName;
        File.Move(_folder.Out("dog.json"), Path.Combine(other, "dog.json"));
        File.Move(_folder.Out("dog.safetensors"), Path.Combine(other, "dog.safetensors"));
        File.Move(_folder.Picture(), Path.Combine(other, "picture.png"));
        Tool.Run("report", Path.Combine(other, "dog.json")).Succeeded();
        Assert.True(File.Exists(Path.Combine(other, "dog.html")));
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        Run("dog");
        Tool.RunSmall(_folder, "--json", _folder.Out("bare.json")).Succeeded();
        Tool.Run("report", _folder.Out("none.json")).Failed(1, "There is no file", "run --json");
        Tool.Run("report", _folder.Out("bare.json")).Failed(1, "was made without --maps", "--report FILE.html");
        Tool.Run("report", _folder.Picture(), "--output", _folder.Out("a.html")).Failed(1, "is not a report");
        Tool.Run("report", _folder.Out("dog.json"), "--maps", _folder.Picture()).Failed(1, "picture.png");
        File.Delete(_folder.Picture());
        Tool.Run("report", _folder.Out("dog.json")).Failed(1, "--image");
        File.Delete(_folder.Out("dog.safetensors"));
        Tool.Run("report", _folder.Out("dog.json")).Failed(1, "--maps");
        Assert.DoesNotContain("dog.html", _folder.Outputs);
    }

    /// <summary>A report is anybody's file: each value that a page is made of is refused by name, before anything of its size is made.</summary>
    [Theory]
    [InlineData("model", "null", "not a report")]
    [InlineData("input", "null", "not a report")]
    [InlineData("input.mean", "null", "not a report")]
    [InlineData("input.mean", "[0.5,null,0.5]", "null for a member")]
    [InlineData("input.std", null, "not a report", "std")]
    [InlineData("input.std", "[1,0,1]", "deviations above 0")]
    [InlineData("input.std", "[1,1]", "one of each for every channel")]
    [InlineData("input.std", "[1,1,1e39]", "larger than float32")]
    [InlineData("input.height", "1000000000", "1000000000x32 pixels")]
    [InlineData("input.height", "-1", "-1x32 pixels")]
    [InlineData("input.width", "99999999999", "not a report")]
    [InlineData("input.resizeSize", "1000000000", "a side of 1000000000")]
    [InlineData("input.resize", "\"7\"", "the resize '7'")]
    [InlineData("target", "null", "not a report")]
    [InlineData("target.name", "null", "not a report")]
    [InlineData("totals", "null", "not a report")]
    [InlineData("outputs", "null", "not a report")]
    [InlineData("outputs.maps", "7", "not a report")]
    [InlineData("versions.torch", "null", "not a report")]
    [InlineData("frames", "null", "not a report")]
    [InlineData("frames", "[null]", "null for a member")]
    [InlineData("frames", "[]", "no frame with a map")]
    [InlineData("frames.0.name", "null", "not a report")]
    [InlineData("frames.0.name", "\"layer3.0\"", "two frames 'layer3.0'")]
    [InlineData("frames.0.min", "1e300", "larger than float32")]
    [InlineData("frames.0.shape", "[null]", "null for a member")]
    [InlineData("otherTargets", "null", "not a report")]
    [InlineData("otherTargets", "[null]", "null for a member")]
    [InlineData("methodOptions", "[null]", "null for a member")]
    [InlineData("seed", "-1", "not a report")]
    public void What_a_stranger_wrote_is_looked_at(string field, string? value, params string[] words)
    {
        Run("dog", "--layers", "layer3.*");
        JsonNode report = JsonNode.Parse(File.ReadAllText(_folder.Out("dog.json")))!;
        string[] steps = field.Split('.');
        JsonNode parent = steps[..^1].Aggregate(report, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        if (value is null)
        {
            parent.AsObject().Remove(steps[^1]);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        File.WriteAllText(_folder.Out("strange.json"), report.ToJsonString());
        long before = GC.GetTotalAllocatedBytes();
        Tool.Run("report", _folder.Out("strange.json")).Failed(1, [_folder.Out("strange.json"), .. words]);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32 << 20);
        Assert.DoesNotContain("strange.html", _folder.Outputs);
    }

    [Fact]
    public void A_field_that_stands_there_twice_is_refused()
    {
        Run("dog", "--layers", "layer3.0");
        string text = File.ReadAllText(_folder.Out("dog.json"));
        File.WriteAllText(_folder.Out("twice.json"), text.Insert(text.IndexOf('{') + 1, "\"model\":\"other\","));
        Tool.Run("report", _folder.Out("twice.json")).Failed(1, "not a report", "model");
    }

    [Theory]
    [InlineData(new[] { 0, 4 })]
    [InlineData(new[] { 1_000_000_000, 0 })]
    [InlineData(new[] { 64 })]
    [InlineData(new[] { 1, 8, 8 })]
    public void Maps_of_another_shape_are_refused(int[] shape)
    {
        Run("dog", "--layers", "layer3.0");
        SafeTensorsWriter.Write(_folder.Out("strange.safetensors"), [("layer3.0", shape, new float[shape.Aggregate(1L, (product, d) => product * d)])]);
        Tool.Run("report", _folder.Out("dog.json"), "--maps", _folder.Out("strange.safetensors")).Failed(1, "layer3.0", $"[{string.Join(',', shape)}]");
    }

    [Fact]
    public void Runs_of_different_inputs_are_refused()
    {
        Run("dog");
        Run("small", "--size", "24");
        Tool.Run("report", _folder.Out("dog.json"), _folder.Out("small.json")).Failed(1, "one input");
        Tool.Run("report", _folder.Out("small.json"), "--maps", _folder.Out("dog.safetensors"), "--maps", _folder.Out("dog.safetensors")).Failed(2, "--maps was given 2 times for 1");
    }

    [Fact]
    public void A_page_ends_in_html()
    {
        Tool.RunSmall(_folder, "--report", _folder.Out("a.pdf")).Failed(2, "--report", ".html");
        Tool.Run("report", _folder.Out("dog.json"), "--output", _folder.Out("a.txt")).Failed(2, "--output", ".html");
    }

    private ToolResult Run(string name, params string[] more) =>
        Tool.RunSmall(_folder, ["--json", _folder.Out($"{name}.json"), "--maps", _folder.Out($"{name}.safetensors"), .. more.Contains("--target") ? [] : (string[])["--target", "dog"], .. more]).Succeeded();

    private JsonElement Data(string page)
    {
        string text = File.ReadAllText(_folder.Out(page));
        string start = "id=\"report\">";
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(text[from..text.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement;
    }
}
