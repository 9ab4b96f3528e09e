using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>What <c>live</c> and <c>serve</c> refuse, and how they end.</summary>
public sealed class ServerTests
{
    private static readonly string[] Network = ["--model", "demo_scenes", "--weights", "default"];

    [Theory]
    [InlineData("--listen", "0.0.0.0:8080", "token", "CAMANIM_TOKEN")]
    [InlineData("--listen", "somewhere", "'somewhere' is no address", "127.0.0.1:8080")]
    [InlineData("--queue", "0", "--queue 0", "at least 1")]
    [InlineData("--resize", "keep", "--resize 'keep' is not known", "stretch, crop")]
    public void Serve_refuses(string option, string value, params string[] words) =>
        Tool.Run(["serve", .. Network, option, value]).Failed(2, words);

    [Theory]
    [InlineData("--source", "-", "--size", "WIDTHxHEIGHT")]
    [InlineData("--size", "640", "'640' is no size", "640x480")]
    [InlineData("--road-share", "0.9", "--road-share 0.9", "0 to 0.5")]
    [InlineData("--colormap", "jett", "'jett'", "jet")]
    [InlineData("--fps", "-1", "--fps -1", "is no rate")]
    [InlineData("--method", "ScoreCAM", "not live", "ScoreCAM")]
    public void Live_refuses(string option, string value, params string[] words) =>
        Tool.Run(["live", .. option == "--source" ? [] : (string[])["--source", "demo"], .. Network, option, value]).Failed(2, words);

    [Fact]
    public void A_source_that_is_not_there_is_a_failure() =>
        Tool.Run(["live", "--source", "nowhere.mp4", .. Network]).Failed(1, "'nowhere.mp4' is no file", "camera");

    [Fact]
    public void A_camera_that_is_not_there_is_a_failure()
    {
        Assert.SkipWhen(File.Exists("/dev/video0"), "There is a camera.");
        Tool.Run(["live", "--source", "camera", .. Network]).Failed(1, "There is no camera /dev/video0", "camera:/dev/videoN");
    }

    [Fact]
    public void A_file_that_is_called_a_picture_and_is_none_is_a_failure()
    {
        using TestFolder folder = new();
        File.WriteAllText(folder.Out("notapic.jpg"), "no picture");
        Tool.Run(["live", "-s", folder.Out("notapic.jpg"), .. Network]).Failed(1, "notapic.jpg", "is called a picture and is none");
    }

    [Theory]
    [InlineData("--target", "dragon", "no class 'dragon'")]
    [InlineData("--target", "9999", "9999 is out of range")]
    [InlineData("--layers", "layr4", "selects no module of demo_scenes", "'layer4'")]
    [InlineData("--layers", "fc", "none of which gives a map")]
    public void Live_refuses_what_the_network_cannot(string option, string value, params string[] words) =>
        Tool.Run(["live", "--source", "demo", .. Network, option, value]).Failed(2, words);

    [Fact]
    public void A_video_that_ends_ends_the_command()
    {
        Assert.SkipUnless(Encoding.Libav.IsAvailable, "libav is not installed");
        using TestFolder folder = new();
        string video = folder.Out("scenes.mp4");
        Tool.Run(["run", "--image", "demo:ring-and-star", .. Network, "--layers", "layer4", "--fps", "25", "-o", video]).Succeeded();
        ToolResult result = Tool.Run(["live", "--source", video, "--fps", "50", "--listen", "127.0.0.1:0", .. Network]).Succeeded();
        Assert.Contains("has ended after", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_picture_and_the_last_of_a_folder_stay(bool isFolder)
    {
        using TestFolder folder = new();
        File.Copy(folder.Picture(), folder.Out("one.png"));
        string source = isFolder ? Path.GetDirectoryName(folder.Out("one.png"))! : folder.Out("one.png");
        using ToolProcess tool = ToolProcess.Start([], ["live", "--source", source, "--fps", "50", "--listen", "127.0.0.1:0", .. Network]);
        tool.WaitForError("Ctrl-C ends");
        Thread.Sleep(2000);
        tool.Signal(2);
        Assert.Contains("Stopped.", tool.Wait().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("live")]
    public void A_signal_is_the_regular_end(string command)
    {
        using ToolProcess tool = ToolProcess.Start([], [command, .. command == "live" ? ["--source", "demo"] : (string[])[], .. Network, "--listen", "127.0.0.1:0"]);
        tool.WaitForError("Ctrl-C ends");
        tool.Signal(2);
        ToolResult result = tool.Wait();
        Assert.Equal(0, result.Code);
        Assert.Contains("Stopped.", result.Error, StringComparison.Ordinal);
    }
}
