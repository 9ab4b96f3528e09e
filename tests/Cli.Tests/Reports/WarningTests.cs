using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>What a user is told before maps are believed.</summary>
public sealed class WarningTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_class_at_nothing_is_explained_with_a_warning()
    {
        string[] scene = ["--model", "demo_scenes", "--image", "demo:ring-and-star"];
        string[] names = [.. Tool.Run(["predict", .. scene, "--top", "99", "--json"]).Succeeded().Json.GetProperty("top").EnumerateArray().Select(t => t.GetProperty("name").GetString()!)];
        string page = _folder.File("page.html");
        ToolResult result = Tool.Run(["run", .. scene, "--target", names[^1], "--report", page, "--progress", "none"]).Succeeded();
        Assert.Contains($"the network says: {names[0]} ", result.Output, StringComparison.Ordinal);
        Assert.Matches($"warning: The network says {names[0]} [0-9.]+ %; {names[^1]} is 0\\.. %", result.Output);
        Assert.Contains($"{names[^1]} is 0.", File.ReadAllText(page), StringComparison.Ordinal);

        JsonElement json = Tool.Run(["run", .. scene, "--target", names[^1], "--target", names[0], "--json", "-", "--progress", "none"]).Succeeded().Json;
        Assert.StartsWith($"{names[^1]}: The network says {names[0]}", Assert.Single(json.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Empty(Tool.Run(["run", .. scene, "--json", "-", "--progress", "none"]).Succeeded().Json.GetProperty("warnings").EnumerateArray());
        Assert.Contains("warning: The network says", Tool.Run(["ybroad", .. scene, "--target", names[^1], "--layers", "leaves", "--progress", "none"]).Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--output")]
    [InlineData("predict", null)]
    [InlineData("ybroad", null)]
    public void Outputs_that_are_no_numbers_end_the_run(string command, string? output)
    {
        string file = _folder.File("huge.safetensors");
        using (FileStream stream = File.Create(file))
        {
            SafeTensorsWriter.Write(stream, [SafeTensor.Of("x", [3, 64, 64], Enumerable.Repeat(3e38f, 3 * 64 * 64).ToArray())]);
        }

        Tool.Run([command, "--model", "demo_scenes", "--input-tensor", $"{file}:x", .. output is null ? (string[])[] : [output, _folder.Out("v.mp4")]])
            .Failed(1, "output is not a number", "The first layer whose output is not finite is '", "--mean");
        Assert.Empty(_folder.Outputs);
    }
}
