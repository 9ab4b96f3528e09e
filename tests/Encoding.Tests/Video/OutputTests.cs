using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests.Video;

/// <summary>A video is there whole or not at all.</summary>
public sealed partial class OutputTests
{
    private static readonly VideoOptions Options = new();
    private static readonly RgbImage Image = TestVideo.Image(64, 64);

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.webm")]
    [InlineData("a.gif")]
    [InlineData("a.mkv")]
    public void Cancellation_leaves_nothing(string name)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        using CancellationTokenSource source = new();
        Progress progress = new(p =>
        {
            if (p.Frame == 3)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => CamVideo.Write(folder.File(name), Image, TestVideo.Layers(40), Options, progress, source.Token));
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("webm")]
    [InlineData("gif")]
    [InlineData("mkv")]
    public void The_same_maps_make_the_same_bytes(string kind)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        byte[] first = File.ReadAllBytes(CamVideo.Write(folder.File($"a.{kind}"), Image, TestVideo.Layers(12)).Path);
        byte[] second = File.ReadAllBytes(CamVideo.Write(folder.File($"b.{kind}"), Image, TestVideo.Layers(12), new VideoOptions()).Path);
        Assert.True(first.AsSpan().SequenceEqual(second), $".{kind}: {first.Length} and {second.Length} bytes, the same up to byte {first.AsSpan().CommonPrefixLength(second)}");

        // Nor does it tell which libav wrote it.
        Assert.Equal(-1, first.AsSpan().IndexOf("Lavc"u8));
    }

    [Fact]
    public void A_failing_progress_leaves_nothing_and_is_passed_on()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        Progress progress = new(_ => throw new InvalidTimeZoneException("mine"));
        Assert.Throws<InvalidTimeZoneException>(() => CamVideo.Write(folder.File("a.mp4"), Image, TestVideo.Layers(10), Options, progress));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void An_existing_video_is_replaced_only_by_a_whole_one()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        File.WriteAllText(folder.File("a.mp4"), "before");
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => CamVideo.Write(folder.File("a.mp4"), Image, TestVideo.Layers(3), Options, null, source.Token));
        Assert.Equal("before", File.ReadAllText(folder.File("a.mp4")));
        VideoSummary summary = CamVideo.Write(folder.File("a.mp4"), Image, TestVideo.Layers(3), Options);
        Assert.True(summary.SizeInBytes > 1000);
        Assert.Equal(["a.mp4"], folder.Files);
    }

    [Fact]
    public void Leftovers_of_dead_processes_are_removed_and_those_of_living_ones_kept()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        int dead = DeadProcess();
        string host = new([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit)]);
        string[] removed = [$".a.mp4.camanim-{host}-{dead}-00000000.mp4"];
        string[] kept = [$".a.mp4.camanim-{host}-{Environment.ProcessId}-00000000.mp4", $".a.mp4.camanim-other-{dead}-00000000.mp4", $".b.mp4.camanim-{host}-{dead}-00000000.mp4", ".a.mp4.camanim-x"];
        Array.ForEach([.. removed, .. kept], name => File.WriteAllText(folder.File(name), ""));
        CamVideo.Write(folder.File("a.mp4"), Image, TestVideo.Layers(1), Options);
        Assert.Equal([.. kept.Append("a.mp4").Order(StringComparer.Ordinal)], folder.Files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_output_file_has_its_name_only_when_finished(bool isNamed)
    {
        using TestVideo.Folder folder = new();
        using (OutputFile abandoned = new(folder.File("a"), isNamed))
        {
            File.WriteAllText(abandoned.TemporaryPath, "part");
            Assert.DoesNotContain("a", folder.Files);
            Assert.Equal(4, abandoned.Length);
        }

        Assert.Empty(folder.Files);
        using (OutputFile file = new(folder.File("a"), isNamed))
        {
            File.WriteAllText(file.TemporaryPath, "whole");
            file.Commit();
        }

        Assert.Equal(["a"], folder.Files);
        Assert.Equal("whole", File.ReadAllText(folder.File("a")));
    }

    [Fact]
    public void A_file_without_a_name_leaves_nothing_even_if_the_process_dies()
    {
        using TestVideo.Folder folder = new();
        using OutputFile file = new(folder.File("a"));
        Assert.SkipUnless(file.TemporaryPath.StartsWith("/proc/", StringComparison.Ordinal), "this file system has no files without a name");
        File.WriteAllText(file.TemporaryPath, "part");
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_missing_folder_and_a_folder_as_target_are_refused()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        string message = Assert.Throws<DirectoryNotFoundException>(() => CamVideo.Write(folder.File("no/a.mp4"), Image, TestVideo.Layers(1), Options)).Message;
        Assert.Contains(folder.File("no"), message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.File("b.mp4"));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => CamVideo.Write(folder.File("b.mp4"), Image, TestVideo.Layers(1), Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused()
    {
        TestVideo.RequireLibav();
        Assert.SkipUnless(Directory.Exists("/proc/self"), "no /proc: nothing that even root cannot write to");
        string message = Assert.Throws<IOException>(() => CamVideo.Write("/proc/self/a.mp4", Image, TestVideo.Layers(1), Options)).Message;
        Assert.Contains("cannot be written", message, StringComparison.Ordinal);
    }

    // Sizes at which the head, a frame in the middle, the index at the end and its move to the front do not fit any more.
    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.webm")]
    [InlineData("a.gif")]
    [InlineData("a.mkv")]
    public void A_full_disk_is_reported_and_leaves_nothing(string name)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        LayerMap[] layers = TestVideo.Layers(12);
        long whole = CamVideo.Write(folder.File(name), Image, layers, Options).SizeInBytes;
        string mount = Directory.CreateDirectory(folder.File("small")).FullName;
        foreach (double share in (ReadOnlySpan<double>)[0.02, 0.5, 0.97])
        {
            // A tmpfs counts whole pages.
            long pages = Math.Max(1, (long)(whole * share / 4096));
            Assert.SkipUnless(Mount("tmpfs", mount, "tmpfs", 0, $"size={pages * 4096}") == 0, "needs the right to mount a small tmpfs (root)");
            try
            {
                LibavException error = Assert.Throws<LibavException>(() => CamVideo.Write(Path.Combine(mount, name), Image, layers, Options));
                Assert.True(error.IsDiskFull, error.Message);
                Assert.Contains("no space", error.Message, StringComparison.Ordinal);
                Assert.Empty(Directory.EnumerateFileSystemEntries(mount, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }));
            }
            finally
            {
                Assert.Equal(0, Unmount(mount));
            }
        }
    }

    [Theory]
    [InlineData("a.avi")]
    [InlineData("a")]
    public void An_unknown_ending_names_the_known(string path)
    {
        Assert.Contains(".mp4, .webm, .gif, .mkv", Assert.Throws<ArgumentException>(() => CamVideo.Write(path, Image, TestVideo.Layers(1), Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        LayerMap[] layers = TestVideo.Layers(1);
        foreach (VideoOptions bad in (VideoOptions[])[new() { FramesPerSecond = 0 }, new() { FramesPerSecond = double.NaN }, new() { Alpha = 1.01f }, new() { Alpha = float.NaN }, new() { Scale = 0 }, new() { ColorMap = "no" }])
        {
            Assert.Throws<ArgumentException>(() => CamVideo.Write("a.mp4", Image, layers, bad));
        }

        Assert.Throws<ArgumentException>(() => CamVideo.Write("a.mp4", Image, Array.Empty<LayerMap>(), Options));
        Assert.Throws<ArgumentException>(() => CamVideo.Write("a.mp4", Image, [layers[0] with { Width = 3 }], Options));
    }

    private static int DeadProcess()
    {
        using Process process = Process.Start(new ProcessStartInfo("true"))!;
        process.WaitForExit();
        return process.Id;
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc", EntryPoint = "umount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target);

    private sealed class Progress(Action<VideoProgress> report) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => report(value);
    }
}
