using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>Pipes and devices in the place of files: refused at once, not waited for.</summary>
public sealed class NoFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string[]> Inputs => new()
    {
        { "", ["predict", "-m", "demo_scenes", "-i", "FILE"] },
        { "", ["predict", "-m", "demo_scenes", "--input-tensor", "FILE:x"] },
        { "", ["predict", "-m", "cifar10_resnet20", "-w", "FILE", "-i", "demo:ring-and-star"] },
        { ".onnx", ["layers", "-m", "FILE"] },
        { "", ["report", "FILE", "-o", "OUT.html"] },
        { "", ["ybroad", "-m", "demo_scenes", "-i", "demo:ring-and-star", "--resume", "FILE", "--progress", "none"] },
        { "", ["predict", "-m", "demo_scenes", "-i", "demo:ring-and-star", "--classes", "FILE"] },
        { ".dll", ["layers", "-m", "FILE:My.Net"] },
        { ".safetensors.index.json", ["predict", "-m", "cifar10_resnet20", "-w", "FILE", "-i", "demo:ring-and-star"] },
        { "", ["live", "-m", "demo_scenes", "-s", "FILE", "--listen", "127.0.0.1:0"] },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_pipe(string ending, string[] command)
    {
        string pipe = Pipes.Make(_folder.File("pipe" + ending));
        ToolResult result = Tool.Run([.. command.Select(w => w.Replace("FILE", pipe).Replace("OUT", _folder.Out("a")))]);
        result.Failed(1, pipe, "is a pipe (FIFO), not a file");
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_device(string ending, string[] command)
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "needs /dev/zero");
        string device = _folder.File("zero" + ending);
        File.CreateSymbolicLink(device, "/dev/zero");
        ToolResult result = Tool.Run([.. command.Select(w => w.Replace("FILE", device).Replace("OUT", _folder.Out("a")))]);
        result.Failed(1, device, "is a device, not a file");
    }
}
