using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>predict, layers, models, methods, doctor and help.</summary>
public sealed class ListTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_prints_the_top_classes_and_all_logits_as_json()
    {
        string[] predict = ["predict", "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--image", _folder.Picture(), "--top", "3"];
        JsonElement report = Tool.Run([.. predict, "--json"]).Succeeded().Json;
        float[] logits = [.. report.GetProperty("logits").EnumerateArray().Select(l => l.GetSingle())];
        JsonElement[] top = [.. report.GetProperty("top").EnumerateArray()];
        Assert.Equal((10, 3), (logits.Length, top.Length));
        Assert.Equal(Enumerable.Range(0, 10).OrderByDescending(k => logits[k]).Take(3), top.Select(t => t.GetProperty("index").GetInt32()));
        Assert.All(top, t => Assert.Equal(ClassNames.Cifar10[t.GetProperty("index").GetInt32()], t.GetProperty("name").GetString()));

        string[] lines = Tool.Run(predict).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith(top[0].GetProperty("name").GetString()!, lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_are_listed_in_registration_order_without_weights()
    {
        JsonElement report = Tool.Run("layers", "--model", "cifar10_resnet20", "--json").Succeeded().Json;
        JsonElement[] modules = [.. report.GetProperty("modules").EnumerateArray()];
        Assert.Equal((59, 2, 269722), (report.GetProperty("kept").GetInt32(), report.GetProperty("skipped").GetInt32(), report.GetProperty("parameters").GetInt64()));
        using LoadedModel model = ModelZoo.Create("cifar10_resnet20");
        Assert.Equal(61, modules.Length);
        Assert.Equal(["", "conv1", "bn1", "layer1", "layer1.0", "layer1.0.conv1"], modules.Take(6).Select(m => m.GetProperty("name").GetString()));
        Assert.Equal("linear", modules[^1].GetProperty("name").GetString());
        Assert.Equal(["name", "moduleClass", "shape", "kept", "skipReason", "parameters"], modules[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal([1, 16, 32, 32], modules[1].GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()));
        Assert.All(modules, m => Assert.Equal(m.GetProperty("kept").GetBoolean(), m.GetProperty("skipReason").ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public void Layers_follow_the_size()
    {
        string output = Tool.Run("layers", "--model", "cifar10_resnet20", "--size", "16x64").Succeeded().Output;
        Assert.Contains("1x16x16x64", output, StringComparison.Ordinal);
        Assert.Contains("59 frames, 2 skipped, 269,722 parameters", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_are_listed()
    {
        ToolResult text = Tool.Run("models").Succeeded();
        JsonElement[] models = [.. Tool.Run("models", "--json").Succeeded().Json.GetProperty("models").EnumerateArray()];
        Assert.Equal(ModelZoo.Names, models.Select(m => m.GetProperty("name").GetString()));
        Assert.All(ModelZoo.Names, name => Assert.Contains(name, text.Output, StringComparison.Ordinal));
        JsonElement cifar = models.Single(m => m.GetProperty("name").GetString() == "cifar10_resnet20");
        Assert.Equal((269722, 32, 10), (cifar.GetProperty("parameters").GetInt64(), cifar.GetProperty("inputSize").GetInt32(), cifar.GetProperty("classes").GetInt32()));
    }

    [Fact]
    public void Methods_are_listed()
    {
        string[] parts = Tool.Run("methods").Succeeded().Output.Split("\n\n");
        Assert.Equal(["name", .. CamMethods.Names], parts[0].Split('\n').Select(l => l.Split("  ")[0].Trim()));
        Assert.All((string[])["FinerCAM     base=GradCAM:", "FinerCAM     alpha=1:", "RefineCAM    base=GradCAM++:", "MetaCAM      top=20:", "Recipro-CAM  gaussian=false:"], line => Assert.Contains(line, Aligned(parts[1]), StringComparison.Ordinal));
        JsonElement report = Tool.Run("methods", "--json").Succeeded().Json;
        Assert.Equal(CamMethods.Names, report.GetProperty("methods").EnumerateArray().Select(m => m.GetString()));
        JsonElement[] descriptions = [.. report.GetProperty("descriptions").EnumerateArray()];
        Assert.All(descriptions, m => Assert.Equal(JsonValueKind.Null, m.GetProperty("forwards").ValueKind));
        JsonElement finer = descriptions.Single(m => m.GetProperty("name").GetString() == "FinerCAM");
        Assert.Equal([("base", "GradCAM"), ("classes", "3"), ("alpha", "1")], finer.GetProperty("options").EnumerateArray().Select(o => (o.GetProperty("name").GetString(), o.GetProperty("standard").GetString())));

        // The names' column is as wide as its longest name.
        static string Aligned(string text)
        {
            int width = CamMethods.Names.Max(n => n.Length);
            return text.Replace(new string(' ', width - "Recipro-CAM".Length), "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Methods_of_a_network_have_their_cost()
    {
        JsonElement[] modules = [.. Tool.Run("layers", "--model", "cifar10_resnet20", "--json").Succeeded().Json.GetProperty("modules").EnumerateArray()];
        int[][] shapes = [.. modules.Where(m => m.GetProperty("kept").GetBoolean()).Select(m => m.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray())];
        Assert.Equal(59, shapes.Length);
        Dictionary<string, JsonElement> costs = Tool.Run("methods", "--model", "cifar10_resnet20", "--json").Succeeded().Json.GetProperty("descriptions").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!);
        (string Name, int Layers, double Forwards)[] expected =
        [
            ("GradCAM", 59, 3),
            ("FinerCAM", 59, 3),
            ("MetaCAM", 59, 3),
            ("AblationCAM", 59, 3 + shapes.Sum(s => s[1])),
            ("Recipro-CAM", 59, 3 + shapes.Sum(s => s[2] * s[3])),
            ("ShapleyCAM", 59, 3 + (7 * 59)),
            ("FullGrad", 20, 3),
            ("LeGrad", 0, 3),
        ];
        Assert.All(expected, e => Assert.Equal((e.Layers, e.Forwards), (costs[e.Name].GetProperty("layers").GetInt32(), costs[e.Name].GetProperty("forwards").GetDouble())));
        Assert.Contains("59", Tool.Run("methods", "--model", "cifar10_resnet20").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_looks_at_everything()
    {
        ToolResult result = Tool.Run("doctor", "--json");
        Assert.Equal(result.Json.GetProperty("healthy").GetBoolean() ? 0 : 1, result.Code);
        JsonElement[] findings = [.. result.Json.GetProperty("findings").EnumerateArray()];
        string?[] names = [.. findings.Select(f => f.GetProperty("name").GetString())];
        Assert.All(["camanim", ".NET", "processor", "libtorch", "libstdc++", "malloc", "accelerator", "libav", "cache"], name => Assert.Contains(name, names));
        Assert.All(findings, f => Assert.True(f.GetProperty("state").GetString() == "Ok" || f.GetProperty("advice").GetString() is { Length: > 0 }, f.GetRawText()));
        string text = Tool.Run("doctor").Output;
        Assert.All(names, name => Assert.Contains(name!, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_doctor_names_what_is_missing()
    {
        ToolResult result = ToolProcess.Run([("CAMANIM_LIBAV", _folder.Path), ("CAMANIM_LIBTORCH", _folder.Path), ("CAMANIM_MALLOC", "system")], "doctor", "--json");
        Assert.Equal(1, result.Code);
        Dictionary<string, JsonElement> findings = result.Json.GetProperty("findings").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        Assert.Equal(("Problem", "Problem", "Note"), (State("libav"), State("libtorch"), State("malloc")));
        Assert.Contains("apt-get install", findings["libav"].GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.Contains("CAMANIM_LIBTORCH", findings["libtorch"].GetProperty("advice").GetString(), StringComparison.Ordinal);

        string? State(string name) => findings[name].GetProperty("state").GetString();
    }

    [Theory]
    [InlineData()]
    [InlineData("run")]
    [InlineData("predict")]
    [InlineData("layers")]
    [InlineData("models")]
    [InlineData("methods")]
    [InlineData("doctor")]
    [InlineData("demo")]
    public void Help_has_examples(params string[] command)
    {
        ToolResult result = Tool.Run([.. command, "--help"]).Succeeded();
        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains("camanim " + string.Join(' ', command), result.Output, StringComparison.Ordinal);
    }

    /// <summary>Help does not load the libraries, so the names stand in it as text.</summary>
    [Fact]
    public void Help_names_all_there_are()
    {
        string help = Tool.Run("run", "--help").Output;
        Assert.Contains(string.Join(", ", ColorMaps.Names), help, StringComparison.Ordinal);
        Assert.Contains(string.Join(", ", DemoImages.Names), help, StringComparison.Ordinal);
    }

    /// <summary>Where libtorch needs a patched copy, loading it leaves that copy in the cache.</summary>
    [Fact]
    public void Help_does_not_load_libtorch()
    {
        Assert.SkipUnless(TorchRuntime.Load().IsPatched, "this system's libstdc++ needs no patched copy");
        foreach (string command in (string[])["run", "models"])
        {
            ToolProcess.Run([("CAMANIM_CACHE", _folder.Out(""))], command, "--help").Succeeded();
            Assert.Empty(_folder.Outputs);
        }

        ToolProcess.Run([("CAMANIM_CACHE", _folder.Out(""))], "methods").Succeeded();
        Assert.NotEmpty(_folder.Outputs);
    }

    [Fact]
    public void Without_a_command_help_is_shown_and_the_code_is_2()
    {
        ToolResult result = Tool.Run();
        Assert.Equal(2, result.Code);
        Assert.Contains("Commands:", result.Output, StringComparison.Ordinal);
    }
}
