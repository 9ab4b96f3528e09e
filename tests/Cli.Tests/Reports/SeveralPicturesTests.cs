using System.Text.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>Pictures that are named without an option, several, and folders of them.</summary>
public sealed class SeveralPicturesTests : IDisposable
{
    private static readonly string[] Network = ["-m", "cifar10_resnet20", "-w", "rule:camanim"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_picture_of_a_folder_has_outputs_of_its_own()
    {
        string pictures = Pictures("b.png", "a.png", "note.txt");
        ToolResult result = Tool.Run(["run", pictures, _folder.Picture(), .. Network, "--layers", "layer3", "--json", _folder.Out(""), "--heatmap", _folder.Out("{name}-h.png"), "--progress", "none"]).Succeeded();
        Assert.Equal(["a-h.png", "a.json", "b-h.png", "b.json", "picture-h.png", "picture.json"], _folder.Outputs);
        Assert.Contains(Path.Combine(pictures, "a.png"), result.Output, StringComparison.Ordinal);

        // The network is loaded for the first alone.
        double[] loads = [.. ((string[])["a", "b", "picture"]).Select(n => JsonDocument.Parse(File.ReadAllBytes(_folder.Out($"{n}.json"))).RootElement.GetProperty("elapsedMilliseconds").GetProperty("model").GetDouble())];
        Assert.True(loads[0] > 0);
        Assert.Equal([0, 0], loads[1..]);
    }

    [Fact]
    public void One_that_fails_ends_its_own_outputs_alone()
    {
        string broken = _folder.Write("broken.png", [1, 2, 3]);
        ToolResult result = Tool.Run(["run", broken, _folder.Picture(), .. Network, "--layers", "layer3", "--json", _folder.Out(""), "--progress", "none"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("no image", result.Error, StringComparison.Ordinal);
        Assert.Equal(["picture.json"], _folder.Outputs);
    }

    [Fact]
    public void Predict_tells_of_each()
    {
        string pictures = Pictures("b.png", "a.png");
        JsonElement all = Tool.Run(["predict", pictures, .. Network, "--json"]).Succeeded().Json;
        Assert.Equal([Path.Combine(pictures, "a.png"), Path.Combine(pictures, "b.png")], all.EnumerateArray().Select(r => r.GetProperty("input").GetProperty("file").GetString()));
        JsonElement one = Tool.Run(["predict", _folder.Picture(), .. Network, "--json"]).Succeeded().Json;
        Assert.Equal(Logits(one), Logits(all[0]));
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        string picture = _folder.Picture();
        Tool.Run(["run", picture, picture, .. Network, "--json", _folder.Out("a.json")]).Failed(2, "--json", "several pictures", "{name}");
        Tool.Run(["run", picture, "--image", picture, .. Network, "--json", "-"]).Failed(2, "not both");
        Tool.Run(["run", "--metod", "LayerCAM", picture, .. Network, "--json", "-"]).Failed(2, "no option '--metod'", "'--method'");
        Tool.Run(["ybroad", picture, picture, .. Network]).Failed(2, "takes one picture");
        Directory.CreateDirectory(_folder.File("empty"));
        Tool.Run(["predict", _folder.File("empty"), .. Network]).Failed(1, "has no picture");
        Tool.Run(["run", .. Network, "--json", "-"]).Failed(2, "camanim run FILE", "--input-tensor");
        Assert.Empty(_folder.Outputs);
    }

    [Fact]
    public void Names_that_are_alike_keep_their_endings() =>
        Assert.Equal(["a.png", "a.jpg", "b", "ring-and-star"], PictureFiles.Names(["x/a.png", "y/a.jpg", "b.png", "demo:ring-and-star"]));

    private static double[] Logits(JsonElement report) => [.. report.GetProperty("logits").EnumerateArray().Select(l => l.GetDouble())];

    private string Pictures(params string[] names)
    {
        string folder = Directory.CreateDirectory(_folder.File("pictures")).FullName;
        foreach (string name in names)
        {
            File.Copy(_folder.Picture(), Path.Combine(folder, name));
        }

        return folder;
    }
}
