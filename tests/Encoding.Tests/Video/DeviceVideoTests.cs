using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests.Video;

/// <summary>Frames drawn by a device's kernels, in memory that it shares with the encoder.</summary>
public sealed class DeviceVideoTests
{
    [Theory]
    [InlineData(".mp4")]
    [InlineData(".gif")]
    public void AFileIsThatOfTheProcessor(string extension)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        RgbImage image = TestVideo.Image(32, 32);
        LayerMap[] layers = TestVideo.Layers(3);
        VideoOptions options = new() { Scale = 1, Title = "tiny" };
        CamVideo.Write(folder.File($"a{extension}"), image, layers, options);
        using (KernelDevice device = KernelDevice.Open(AcceleratorKind.Emulator))
        {
            CamVideo.Write(folder.File($"b{extension}"), image, layers, options with { Device = device });
        }

        // The emulator rounds as the processor does, so the encoder is fed the same bytes.
        Assert.Equal(File.ReadAllBytes(folder.File($"a{extension}")), File.ReadAllBytes(folder.File($"b{extension}")));
    }
}
