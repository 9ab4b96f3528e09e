using CAManim.Native.Encoding.Interop;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Interop.Cuda;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Tests.Cuda;

namespace CAManim.Native.Encoding.Tests.Video;

/// <summary>Frames drawn by a device's kernels, in memory that it shares with the encoder, or in memory of its own.</summary>
public sealed class DeviceVideoTests
{
    private static readonly RgbImage Image = TestVideo.Image(32, 32);
    private static readonly LayerMap[] Layers = TestVideo.Layers(7);
    private static readonly VideoOptions Look = new() { Scale = 1, Title = "tiny" };
    private static readonly VideoEncoderChoice X264 = VideoFormat.Mp4.Encoders.Single(e => e.Name == "libx264");

    [Theory]
    [InlineData(".mp4")]
    [InlineData(".gif")]
    public void AFileIsThatOfTheProcessor(string extension)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        Assert.Null(CamVideo.Write(folder.File($"a{extension}"), Image, Layers, Look).Note);
        using (KernelDevice device = KernelDevice.Open(AcceleratorKind.Emulator))
        {
            Assert.Null(CamVideo.Write(folder.File($"b{extension}"), Image, Layers, Look with { Device = device }).Note);
        }

        // The emulator rounds as the processor does, so the encoder is fed the same bytes.
        Assert.Equal(File.ReadAllBytes(folder.File($"a{extension}")), File.ReadAllBytes(folder.File($"b{extension}")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FramesInTheDevicesOwnMemoryAreTheSame(bool hasCurve)
    {
        RequireX264();
        using TestVideo.Folder folder = new();
        LayerMap[] layers = [.. Layers.Select(l => hasCurve ? l : l with { Road = null })];
        CamVideo.Write(folder.File("a.mp4"), Image, layers, Look);
        using KernelDevice device = KernelDevice.Open(AcceleratorKind.Emulator);
        VideoOptions options = Look with { Device = device };
        FrameLayout layout = new(Image, layers, options);

        // x264 takes the pairs of a card's frames too, and makes the same stream of them.
        using (FramePipeline pipeline = new(folder.File("b.mp4"), VideoFormat.Mp4, X264 with { PixelFormat = "nv12" }, layout, layers.Length, options, new DeviceFramePool(device, layout.Width, layout.Height)))
        {
            pipeline.Run(null, TestContext.Current.CancellationToken);
        }

        Assert.Equal(File.ReadAllBytes(folder.File("a.mp4")), File.ReadAllBytes(folder.File("b.mp4")));
    }

    [Fact]
    public void MemoryThatComesBackGetsWhatChanges()
    {
        TestVideo.RequireLibav();
        using KernelDevice device = KernelDevice.Open(AcceleratorKind.Emulator);
        FrameLayout layout = new(Image, Layers, Look);
        using DeviceComposer composer = layout.ComposerOn(device);
        using DeviceFramePool pool = new(device, layout.Width, layout.Height);
        DeviceFrame frame = (DeviceFrame)pool.Rent();
        Assert.False(frame.HasStillParts);
        layout.Draw(frame, 0, composer);
        Assert.True(frame.HasStillParts);
        layout.Draw(frame, 4, composer);
        byte[] luma = new byte[frame.Planes.First.Length];
        byte[] chroma = new byte[frame.Planes.Second.Length];
        device.Read(frame.Planes.First, luma);
        device.Read(frame.Planes.Second, chroma);
        frame.Return();

        (int stride, int chromaStride) = (frame.Planes.FirstStride, frame.Planes.ChromaStride);
        (byte[] expectedLuma, byte[] expectedChroma) = (new byte[luma.Length], new byte[chroma.Length]);
        FramePlanes expected = new(FrameFormat.Nv12, layout.Width, layout.Height, expectedLuma, stride, expectedChroma, default, chromaStride);
        layout.DrawStillParts(expected);
        layout.Draw(expected, 4);
        for (int y = 0; y < layout.Height; y++)
        {
            Assert.Equal(expectedLuma.AsSpan(y * stride, layout.Width), luma.AsSpan(y * stride, layout.Width));
            Assert.Equal(expectedChroma.AsSpan(y / 2 * chromaStride, layout.Width), chroma.AsSpan(y / 2 * chromaStride, layout.Width));
        }
    }

    [Fact]
    public void OnACardWithoutItsEncoderTheProcessorEncodesAndTheSummarySaysWhy()
    {
        RequireX264();
        Assert.SkipWhen(AcceleratorList.FindCuda().Problem is null, "this machine has a card");
        using TestVideo.Folder folder = new();
        CamVideo.Write(folder.File("a.mp4"), Image, Layers, Look);
        FakeDriver driver = new();
        using (CudaKernelDevice device = CudaKernelDevice.Open(driver, 0, hasOwnOrder: true))
        {
            VideoSummary summary = CamVideo.Write(folder.File("b.mp4"), Image, Layers, Look with { Device = device });
            Assert.Equal("libx264", summary.Codec);
            Assert.StartsWith("Frames are encoded by the processor: The encoder h264_nvenc ", summary.Note, StringComparison.Ordinal);
            Assert.All(driver.Streams, stream => Assert.Equal(device.Stream, stream));
            Assert.Equal("Frames are encoded by the processor: no encoder of a card writes .mkv.", CamVideo.Write(folder.File("b.mkv"), Image, Layers, Look with { Device = device }).Note);
        }

        Assert.Empty(driver.Live);
        Assert.Equal(File.ReadAllBytes(folder.File("a.mp4")), File.ReadAllBytes(folder.File("b.mp4")));
    }

    [Fact]
    public void WhereLibavDoesNotTakeUpTheCardFramesGoThroughTheHostsMemory()
    {
        RequireX264();
        Assert.SkipWhen(AcceleratorList.FindCuda().Problem is null, "this machine has a card");
        using TestVideo.Folder folder = new();
        CamVideo.Write(folder.File("a.mp4"), Image, Layers, Look);
        FakeDriver driver = new();
        using (CudaKernelDevice device = CudaKernelDevice.Open(driver, 0))
        {
            // The encoder works, and libav's own search for the driver fails for real.
            VideoOptions options = Look with { Device = device };
            FrameLayout layout = new(Image, Layers, options);
            VideoEncoderChoice encoder = X264 with { IsOnCard = true };
            using FramePipeline pipeline = CamVideo.Open(folder.File("b.mp4"), VideoFormat.Mp4, ref encoder, layout, Layers.Length, options, out string? note);
            pipeline.Run(null, TestContext.Current.CancellationToken);
            Assert.StartsWith("Frames reach libx264 through the host's memory: libav does not take up the CUDA device", note, StringComparison.Ordinal);
        }

        Assert.Empty(driver.Live);
        Assert.Equal(File.ReadAllBytes(folder.File("a.mp4")), File.ReadAllBytes(folder.File("b.mp4")));
    }

    [Fact]
    public void WhereTheCardsEncoderRefusesAVideoTheProcessorEncodesIt()
    {
        RequireX264();
        Assert.SkipWhen(AcceleratorList.FindCuda().Problem is null, "this machine has a card");
        using TestVideo.Folder folder = new();
        CamVideo.Write(folder.File("a.mp4"), Image, Layers, Look);
        using (CudaKernelDevice device = CudaKernelDevice.Open(new FakeDriver(), 0))
        {
            VideoOptions options = Look with { Device = device };
            FrameLayout layout = new(Image, Layers, options);
            VideoEncoderChoice encoder = VideoFormat.Mp4.Encoders.Single(e => e.IsOnCard);
            using FramePipeline pipeline = CamVideo.Open(folder.File("b.mp4"), VideoFormat.Mp4, ref encoder, layout, Layers.Length, options, out string? note);
            pipeline.Run(null, TestContext.Current.CancellationToken);
            Assert.Equal("libx264", encoder.Name);
            Assert.StartsWith("Frames are encoded by the processor: The encoder h264_nvenc ", note, StringComparison.Ordinal);
        }

        Assert.Equal(File.ReadAllBytes(folder.File("a.mp4")), File.ReadAllBytes(folder.File("b.mp4")));
    }

    [Fact]
    public unsafe void TheFieldsOfHardwareFramesAreFoundInThisLibav()
    {
        TestVideo.RequireLibav();
        int type = ffmpeg.av_hwdevice_find_type_by_name("cuda");
        Assert.SkipWhen(type == 0, "this libav is built without CUDA");
        using BufferHandle device = new(ffmpeg.av_hwdevice_ctx_alloc(type), "device");
        using BufferHandle frames = new(ffmpeg.av_hwframe_ctx_alloc(device.Pointer), "frames");
        HardwareLayout layout = HardwareLayout.Find(device, type, frames, Libav.Layout.Major);

        // From the headers of FFmpeg 4 to 6, and of 7 and 8.
        Assert.Equal(Libav.Layout.Major < 61 ? (24, 68) : (16, 60), (layout.DeviceContext, layout.FrameFormat));
        Assert.InRange(layout.Frames, 200, 1200);

        // A device of another kind than the one that was asked for is not taken for it.
        Assert.Contains("AVHWDeviceContext", Assert.Throws<LibavException>(() => HardwareLayout.Find(device, type + 1, frames, Libav.Layout.Major)).Message, StringComparison.Ordinal);
        Assert.Contains("out of memory, or built without it", Assert.Throws<LibavException>(() => new BufferHandle(null, "CUDA device")).Message, StringComparison.Ordinal);
    }

    private static void RequireX264()
    {
        TestVideo.RequireLibav();
        Assert.SkipUnless(EncoderProbe.FindProblem(X264) is null, "this libav has no x264");
    }
}
