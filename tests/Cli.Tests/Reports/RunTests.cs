using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Good runs with made-up weights: what is written, and what the report says.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly string[] TopLevel = ["model", "weights", "input", "method", "layers", "order", "compat", "channelLimit", "methodOptions", "augSmooth", "eigenSmooth", "precision", "memoryFormat", "fuse", "seed", "target", "probability", "activation", "activationReason", "warnings", "top5", "totals", "outputs", "elapsedMilliseconds", "versions", "frames", "otherTargets"];
    private static readonly string[] FrameLevel = ["frame", "name", "moduleClass", "shape", "kept", "skipReason", "min", "max", "flags", "road", "roadReason", "roadPercentiles", "parameters", "timeMilliseconds"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_outputs_of_a_run_agree()
    {
        Video.Require();
        ToolResult result = Tool.RunSmall(_folder, "--target", "dog", "--output", _folder.Out("a.mp4"), "--maps", _folder.Out("a.safetensors"), "--json", _folder.Out("a.json"), "--frames", _folder.Out("frames"), "--image-panel").Succeeded();
        Assert.Contains("dog (5)", result.Output, StringComparison.Ordinal);
        Assert.Contains(_folder.Out("a.mp4"), result.Output, StringComparison.Ordinal);
        Assert.Equal(4 + 59, _folder.Outputs.Length);
        Assert.Equal(("h264", "yuv420p", 59), Video.Probe(_folder.Out("a.mp4")));

        JsonElement report = JsonDocument.Parse(File.ReadAllBytes(_folder.Out("a.json"))).RootElement;
        ReferenceTensors maps = new(_folder.Out("a.safetensors"));
        JsonElement[] kept = [.. report.GetProperty("frames").EnumerateArray().Where(f => f.GetProperty("kept").GetBoolean())];
        Assert.Equal(kept.Select(f => f.GetProperty("name").GetString()), maps.Keys);
        Assert.All(kept, f => Assert.Equal(f.GetProperty("shape").EnumerateArray().Skip(2).Select(d => d.GetInt32()), maps.Shape(f.GetProperty("name").GetString()!)));
        Assert.All(kept, f => Assert.True(maps.Floats(f.GetProperty("name").GetString()!).Min() >= 0));
        Assert.Equal(("cifar10_resnet20", "GradCAM", "5", "dog"), (maps.Metadata["model"], maps.Metadata["method"], maps.Metadata["category"], maps.Metadata["target"]));
    }

    [Fact]
    public void The_report_has_its_fields()
    {
        JsonElement report = Tool.RunSmall(_folder, "--target", "5", "--method", "layer-cam", "--json", "-").Succeeded().Json;
        Assert.Equal(TopLevel, Names(report));
        Assert.Equal("LayerCAM", report.GetProperty("method").GetString());
        Assert.Equal(["index", "name", "asked"], Names(report.GetProperty("target")));
        Assert.Equal((5, "dog"), (report.GetProperty("target").GetProperty("index").GetInt32(), report.GetProperty("target").GetProperty("name").GetString()));
        Assert.Equal(["file", "key", "height", "width", "resize", "resizeSize", "mean", "std", "channels", "picture", "show"], Names(report.GetProperty("input")));
        Assert.Equal(["frames", "skipped", "constant", "nonFinite", "globalMin", "globalMax", "parameters", "road"], Names(report.GetProperty("totals")));
        Assert.Equal(["model", "weights", "input", "maps", "road", "video", "mapsFile", "total"], Names(report.GetProperty("elapsedMilliseconds")));
        Assert.Equal(["camanim", "dotnet", "torch", "torchSharp", "libav", "processor"], Names(report.GetProperty("versions")));
        Assert.Equal(["video", "maps", "report", "framesFolder", "bestLayer", "contactSheet", "fused", "page", "picture", "heatmap"], Names(report.GetProperty("outputs")));
        Assert.Equal(5, report.GetProperty("top5").GetArrayLength());
        Assert.Equal(["index", "name", "probability", "logit"], Names(report.GetProperty("top5")[0]));

        JsonElement[] frames = [.. report.GetProperty("frames").EnumerateArray()];
        Assert.Equal(61, frames.Length);
        Assert.All(frames, f => Assert.Equal(FrameLevel, Names(f)));
        Assert.Equal(Enumerable.Range(1, 59), frames.Where(f => f.GetProperty("kept").GetBoolean()).Select(f => f.GetProperty("frame").GetInt32()));
        JsonElement linear = frames.Single(f => f.GetProperty("name").GetString() == "linear");
        Assert.Equal(("Linear", 650, JsonValueKind.Null), (linear.GetProperty("moduleClass").GetString(), linear.GetProperty("parameters").GetInt64(), linear.GetProperty("min").ValueKind));
        Assert.Contains("[1,10]", linear.GetProperty("skipReason").GetString(), StringComparison.Ordinal);
        Assert.Equal((59, 2), (report.GetProperty("totals").GetProperty("frames").GetInt32(), report.GetProperty("totals").GetProperty("skipped").GetInt32()));
        Assert.Equal(["constant", "nonFinite"], Names(frames[0].GetProperty("flags")));
        Assert.Equal(frames.Where(f => f.GetProperty("kept").GetBoolean()).Max(f => f.GetProperty("max").GetSingle()), report.GetProperty("totals").GetProperty("globalMax").GetSingle());
    }

    [Theory]
    [InlineData("FinerCAM", "alpha=0.5", "classes=2", "base=LayerCAM")]
    [InlineData("RefineCAM", "base=LayerCAM")]
    [InlineData("MetaCAM", "components=GradCAM,LayerCAM", "top=35.5")]
    [InlineData("Recipro-CAM", "gaussian=true")]
    public void What_a_method_is_told_stands_in_the_report_and_changes_the_maps(string method, params string[] options)
    {
        string[] words = ["--method", method, "--layers", "layer3,layer3.1", "--target", "dog", "--json", "-"];
        JsonElement standard = Tool.RunSmall(_folder, words).Succeeded().Json;
        HashSet<string> seen = [Maps(standard)];
        foreach (string option in options)
        {
            JsonElement told = Tool.RunSmall(_folder, [.. words, "--method-option", option]).Succeeded().Json;
            Assert.Equal(Settings(standard).Length, Settings(told).Length);
            Assert.Contains(option, Settings(told));
            Assert.DoesNotContain(option, Settings(standard));
            Assert.True(seen.Add(Maps(told)), $"{option} changes nothing");
        }

        Assert.Equal(options.Order(), Settings(Tool.RunSmall(_folder, [.. words, .. options.SelectMany(o => (string[])["--method-option", o])]).Succeeded().Json).Order().Where(options.Contains));

        static string[] Settings(JsonElement report) => [.. report.GetProperty("methodOptions").EnumerateArray().Select(o => $"{o.GetProperty("name")}={o.GetProperty("value")}")];
        static string Maps(JsonElement report) => string.Join(' ', report.GetProperty("frames").EnumerateArray().Select(f => $"{f.GetProperty("min")} {f.GetProperty("max")}"));
    }

    [Fact]
    public void Signed_maps_are_those_before_ReLU()
    {
        Tool.RunSmall(_folder, "--maps", _folder.Out("a.safetensors")).Succeeded();
        Tool.RunSmall(_folder, "--maps", _folder.Out("s.safetensors"), "--signed").Succeeded();
        ReferenceTensors maps = new(_folder.Out("a.safetensors"));
        ReferenceTensors signed = new(_folder.Out("s.safetensors"));
        Assert.Contains(signed.Keys, k => signed.Floats(k).Min() < 0);
        Assert.All(maps.Keys, k => Numbers.AssertClose(maps.Floats(k), [.. signed.Floats(k).Select(v => Math.Max(v, 0))], 1e-6, 1e-4, k));
    }

    [Theory]
    [InlineData("leaves", 47)]
    [InlineData("class:conv2d", 19)]
    [InlineData("layer1.*,layer3", 19)]
    public void Layers_are_selected(string layers, int frames) =>
        Assert.Equal(frames, Tool.RunSmall(_folder, "--layers", layers, "--json", "-").Succeeded().Json.GetProperty("totals").GetProperty("frames").GetInt32());

    [Fact]
    public void Registration_puts_containers_first()
    {
        JsonElement report = Tool.RunSmall(_folder, "--order", "registration", "--json", "-").Succeeded().Json;
        string?[] names = [.. report.GetProperty("frames").EnumerateArray().Select(f => f.GetProperty("name").GetString())];
        Assert.True(Array.IndexOf(names, "layer1") < Array.IndexOf(names, "layer1.0.conv1"));
    }

    [Theory]
    [InlineData("crop", null, 32, 32)]
    [InlineData("keep", null, 40, 48)]
    [InlineData("stretch", "24x64", 24, 64)]
    public void Pictures_are_brought_to_size(string resize, string? size, int height, int width)
    {
        string[] options = size is null ? ["--resize", resize] : ["--resize", resize, "--size", size];
        JsonElement input = Tool.RunSmall(_folder, [.. options, "--layers", "layer3", "--json", "-"]).Succeeded().Json.GetProperty("input");
        Assert.Equal((height, width), (input.GetProperty("height").GetInt32(), input.GetProperty("width").GetInt32()));
    }

    [Theory]
    [InlineData("dog-cat", 5)]
    [InlineData("not:frog", 6)]
    [InlineData("3", 3)]
    public void Targets_are_understood(string target, int index) =>
        Assert.Equal(index, Tool.RunSmall(_folder, "--target", target, "--layers", "layer3", "--json", "-").Succeeded().Json.GetProperty("target").GetProperty("index").GetInt32());

    [Fact]
    public void A_contrast_differs_from_its_class()
    {
        string Maximum(string target) => Tool.RunSmall(_folder, "--target", target, "--layers", "layer3.2.conv2", "--json", "-").Succeeded().Json.GetProperty("totals").GetProperty("globalMax").GetRawText();
        Assert.NotEqual(Maximum("dog"), Maximum("dog-cat"));
    }

    [Fact]
    public void A_seed_makes_random_maps_again()
    {
        string Maximum(string seed) => Tool.RunSmall(_folder, "--method", "RandomCAM", "--seed", seed, "--layers", "layer3.2.conv2", "--json", "-").Succeeded().Json.GetProperty("totals").GetProperty("globalMax").GetRawText();
        Assert.Equal(Maximum("1"), Maximum("1"));
        Assert.NotEqual(Maximum("1"), Maximum("2"));
    }

    [Fact]
    public void Progress_as_json_is_a_line_an_event()
    {
        ToolResult result = Tool.RunSmall(_folder, "--layers", "layer3", "--maps", _folder.Out("a.safetensors"), "--progress", "json").Succeeded();
        JsonElement[] lines = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.All(lines, l => Assert.Equal(["stage", "done", "total", "item", "elapsedMilliseconds"], Names(l)));
        Assert.Equal(["model", "input", "weights", "maps", "maps file"], lines.Select(l => l.GetProperty("stage").GetString()).Distinct());
        Assert.All(lines.GroupBy(l => l.GetProperty("stage").GetString()), stage => Assert.Equal(stage.Last().GetProperty("total").GetInt32(), stage.Last().GetProperty("done").GetInt32()));
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("bar")]
    public void Progress_for_people_stays_off_standard_output(string progress)
    {
        ToolResult result = Tool.RunSmall(_folder, "--layers", "layer3", "--json", "-", "--progress", progress).Succeeded();
        Assert.Equal(TopLevel, Names(result.Json));
        Assert.NotEqual("", result.Error);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
