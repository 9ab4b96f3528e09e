using System.Diagnostics;

namespace CAManim.Native.Encoding.Tests.Video;

public sealed class LibavTests
{
    [Fact]
    public void The_report_lists_versions_and_tried_encoders()
    {
        TestVideo.RequireLibav();
        LibavReport report = Libav.Report();
        Assert.Null(report.Problem);
        Assert.NotEmpty(report.Version!);
        Assert.Equal(["libavcodec", "libavformat", "libavutil"], report.Libraries.Select(l => l.Split(' ')[0]));
        Assert.True(report.Encoders.Single(e => e.Name == "ffv1").IsUsable);
        Assert.True(report.Encoders.Single(e => e.Name == "gif").IsUsable);
        Assert.All(report.Encoders, e => Assert.Contains(e.Extension, CamVideo.Extensions));
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.gif")]
    [InlineData("a.unknown")]
    [InlineData("")]
    public async Task Preparing_never_fails(string path)
    {
        Task prepared = CamVideo.PrepareAsync(path);
        await prepared;
        Assert.True(prepared.IsCompletedSuccessfully);
    }

    [Fact]
    public void Errors_carry_libavs_own_words()
    {
        TestVideo.RequireLibav();
        LibavException error = Assert.Throws<LibavException>(() => Libav.ThrowIfError(-28, "Writing"));
        Assert.True(error.IsDiskFull);
        Assert.Equal("Writing: No space left on device (libav error -28).", error.Message);
    }

    [Fact]
    public void Without_libav_the_message_says_what_to_install_and_frames_still_compose()
    {
        // Another process, because libraries stay loaded in this one.
        using TestVideo.Folder empty = new();
        ProcessStartInfo start = new(Environment.ProcessPath!, ["-class", typeof(WithoutLibav).FullName!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(LibavTests).Assembly.Location);
        }

        start.Environment["CAMANIM_LIBAV"] = empty.Root;
        start.Environment[WithoutLibav.Variable] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Total: 1", output, StringComparison.Ordinal);
    }

    /// <summary>Run by the test above in a process that finds no libraries.</summary>
    public sealed class WithoutLibav
    {
        public const string Variable = "CAMANIM_TEST_WITHOUT_LIBAV";

        [Fact]
        public async Task Message_and_composition()
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable(Variable) == "1", "run by another test, in a process that finds no libav");
            using TestVideo.Folder folder = new();
            LibavMissingException error = Assert.Throws<LibavMissingException>(() => CamVideo.Write(folder.File("a.mp4"), TestVideo.Image(8, 8), TestVideo.Layers(1), new VideoOptions()));
            Assert.Contains("apt-get install", error.Message, StringComparison.Ordinal);
            Assert.Empty(folder.Files);
            Assert.Equal(error.Message, Libav.Report().Problem);
            Assert.False(Libav.IsAvailable);
            await CamVideo.PrepareAsync("a.mp4");
            Assert.True(CamVideo.Compose(TestVideo.Image(8, 8), TestVideo.Layers(1), new VideoOptions(), 0).Width > 0);
        }
    }
}
