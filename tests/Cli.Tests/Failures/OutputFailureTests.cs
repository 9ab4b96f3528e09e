using System.Runtime.InteropServices;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>Places that cannot be written, and libraries that are missing.</summary>
public sealed partial class OutputFailureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_folder() => Tool.RunSmall(_folder, "--json", _folder.File("no/a.json")).Failed(1, "does not exist", _folder.File("no"));

    [Fact]
    public void A_folder_that_cannot_be_written()
    {
        // The process file system takes no files, not even from root.
        Assert.SkipUnless(Directory.Exists("/proc/self"), "needs /proc");
        ToolResult result = Tool.RunSmall(_folder, "--json", "/proc/a.json");
        result.Failed(1, "/proc", "cannot be written");
        Assert.DoesNotContain(".camanim-", result.Error, StringComparison.Ordinal);
    }

    /// <summary>250 characters of 255 that the system takes: hidden names are shorter.</summary>
    [Fact]
    public void A_long_name()
    {
        string name = new('n', 238);
        string[] outputs = [.. ((string[])[".safetensors", ".json", ".html", ".png"]).Select(e => _folder.Out(name + e))];
        Tool.RunSmall(_folder, "--maps", outputs[0], "--json", outputs[1], "--report", outputs[2], "--contact-sheet", outputs[3]).Succeeded();
        Assert.Equal(outputs.Order(StringComparer.Ordinal), _folder.Outputs.Select(_folder.Out));
    }

    [Fact]
    public void A_long_name_of_a_video_and_a_plot()
    {
        Video.Require();
        string name = new('n', 246);
        Tool.RunSmall(_folder, "--output", _folder.Out(name + ".mp4")).Succeeded();
        Tool.Run("ybroad", "--model", "cifar10_resnet20", "--weights", "rule:camanim", "--image", _folder.Picture(), "--layers", "layer3", "--plot", _folder.Out(name + ".svg"), "--progress", "none").Succeeded();
        Assert.Equal([name + ".mp4", name + ".svg"], _folder.Outputs);
    }

    [Fact]
    public void A_folder_in_place_of_a_file()
    {
        Directory.CreateDirectory(_folder.Out("a.json"));
        Tool.RunSmall(_folder, "--json", _folder.Out("a.json")).Failed(1, "is a folder");
    }

    [Fact]
    public void A_file_in_place_of_the_frames_folder()
    {
        Video.Require();
        File.WriteAllText(_folder.Out("frames"), "");
        Tool.RunSmall(_folder, "--output", _folder.Out("a.mp4"), "--frames", _folder.Out("frames")).Failed(1, "is a file");
        Assert.Equal(["frames"], _folder.Outputs);
    }

    /// <summary>Whatever output the disk is too small for, none of them is left.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(200)]
    [InlineData(640)]
    public void A_full_disk(int kibibytes)
    {
        Video.Require();
        string mount = _folder.File("small");
        Directory.CreateDirectory(mount);
        Assert.SkipUnless(Mount("tmpfs", mount, "tmpfs", 0, $"size={kibibytes}k") == 0, "needs the right to mount a small tmpfs (root)");
        try
        {
            string[] names = ["a.mp4", "a.safetensors", "a.json"];
            ToolResult result = Tool.RunSmall(_folder, "--output", Path.Combine(mount, names[0]), "--frames", Path.Combine(mount, "frames"), "--maps", Path.Combine(mount, names[1]), "--json", Path.Combine(mount, names[2]));
            result.Failed(1, mount);
            Assert.Contains("space", result.Error, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(".camanim-", result.Error, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(mount, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, RecurseSubdirectories = true }));
        }
        finally
        {
            Assert.Equal(0, Unmount(mount));
        }
    }

    [Fact]
    public void No_libav()
    {
        (string, string)[] environment = [("CAMANIM_LIBAV", _folder.Path)];
        string[] run = ["run", "-m", "cifar10_resnet20", "-w", "rule:camanim", "-i", _folder.Picture(), "--progress", "none"];
        ToolProcess.Run(environment, [.. run, "--output", _folder.Out("a.mp4"), "--maps", _folder.Out("a.safetensors")]).Failed(1, "libavcodec", "apt-get install");
        Assert.Empty(_folder.Outputs);

        // All but video works without.
        ToolProcess.Run(environment, [.. run, "--maps", _folder.Out("a.safetensors")]).Succeeded();
        Assert.Equal(["a.safetensors"], _folder.Outputs);
    }

    [Fact]
    public void No_libtorch()
    {
        (string, string)[] environment = [("CAMANIM_LIBTORCH", _folder.Path)];
        ToolProcess.Run(environment, "predict", "-m", "cifar10_resnet20", "-w", "rule:camanim", "-i", _folder.Picture()).Failed(1, "libtorch", "CAMANIM_LIBTORCH", "camanim doctor");
        ToolProcess.Run(environment, "--help").Succeeded();
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string kind, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target);
}
