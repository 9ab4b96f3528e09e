using System.Text.Json;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Reports;

/// <summary>The demonstration, which needs nothing but the tool.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_job_writes_a_video_and_its_report()
    {
        Video.Require();
        Tool.Run("demo", "--output", _folder.Out("demo")).Succeeded();
        string[] videos = [.. Directory.GetFiles(_folder.Out("demo"), "*.mp4")];
        Assert.True(videos.Length >= 3, string.Join(", ", videos));
        Assert.All(videos, video => Assert.True(File.Exists(Path.ChangeExtension(video, null) + "_best.png") && File.Exists(Path.ChangeExtension(video, null) + "_sheet.png")));
        Assert.Equal(1 + (4 * videos.Length), _folder.Outputs.Length);

        // Last, and in a plain loop: it skips where there is no ffprobe.
        foreach (string video in videos)
        {
            JsonElement report = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(video, ".json"))).RootElement;
            Assert.Equal(report.GetProperty("totals").GetProperty("frames").GetInt32(), Video.Probe(video).Frames);
        }
    }

    [Fact]
    public void A_network_of_the_tool_brings_its_weights()
    {
        string[] words = ["predict", "--model", "demo_scenes", "--image", "demo:ring-and-star", "--json"];
        Assert.Equal(Logits(Tool.Run([.. words, "--weights", "default"]).Succeeded().Output), Logits(Tool.Run(words).Succeeded().Output));
        Tool.Run(["predict", "--model", "resnet18", "--image", "demo:ring-and-star"]).Failed(2, "--weights");

        static string Logits(string report) => JsonDocument.Parse(report).RootElement.GetProperty("logits").GetRawText();
    }

    [Fact]
    public void A_drawn_picture_that_does_not_exist() =>
        Tool.Run("predict", "--model", "demo_scenes", "--weights", "default", "--image", "demo:dragon").Failed(2, "no demo image 'dragon'", "ring-and-star");
}
