using System.Runtime.Versioning;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Outputs;

/// <summary>The tool where its cache folder is not this user's alone: it works, and nothing is loaded from there.</summary>
public sealed class CacheFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_folder_that_others_can_write_to_is_neither_read_nor_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "modes are Unix's");
        File.SetUnixFileMode(_folder.Out(""), (UnixFileMode)0b111_111_111);
        (string, string)[] environment = [("CAMANIM_CACHE", _folder.Out("").TrimEnd('/'))];
        ToolResult doctor = ToolProcess.Run(environment, "doctor");
        Assert.Contains("kept in memory; not used: " + _folder.Out("").TrimEnd('/') + " can be written by others (mode 0777", doctor.Output, StringComparison.Ordinal);
        ToolResult result = ToolProcess.Run(environment, "predict", "--model", "demo_scenes", "--image", "demo:ring-and-star", "--top", "1").Succeeded();
        Assert.Contains("ring", result.Output, StringComparison.Ordinal);
        Assert.Empty(_folder.Outputs);
    }

    [Fact]
    public void An_own_folder_is_used()
    {
        ToolProcess.Run([("CAMANIM_CACHE", _folder.Out("cache"))], "predict", "--model", "demo_scenes", "--image", "demo:ring-and-star").Succeeded();
        Assert.Contains(_folder.Outputs, name => name.EndsWith("demo_scenes.safetensors", StringComparison.Ordinal));
    }
}
