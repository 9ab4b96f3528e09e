using System.Text.Json;
using System.Text.Json.Nodes;
using CAManim.Native.Cli.Tests.Support;

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
