using CAManim.Native.Encoding;
using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Server.Sources;
using CAManim.Native.Server.Tests.Support;

namespace CAManim.Native.Server.Tests.Live;

public sealed class SourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-sources-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(".mp4", 3)]
    [InlineData(".webm", 4)]
    [InlineData(".mkv", 0)]
    public void AVideoOfOursIsReadBack(string ending, double tolerance)
    {
        Assert.SkipUnless(Libav.IsAvailable, "libav is not installed");
        string path = Path.Combine(_folder, $"video{ending}");
        LayerMap[] layers = [.. Enumerable.Range(0, 7).Select(Layer)];
        VideoOptions options = new() { FramesPerSecond = 25 };
        CamVideo.Write(path, Pictures.Scene, layers, options);
        using IPictureSource source = PictureSources.Open(new SourceOptions { Source = path, FramesPerSecond = 0 }, () => Stream.Null);
        VideoPicture picture = new();
        for (int frame = 0; frame < layers.Length; frame++)
        {
            Assert.True(source.Read(picture, default));
            RgbImage expected = CamVideo.Compose(Pictures.Scene, layers, options, frame);
            Assert.Equal((expected.Width, expected.Height), (picture.Width, picture.Height));
            double difference = expected.Pixels.Zip(picture.Pixels, (a, b) => Math.Abs(a - b)).Average();
            Assert.True(difference <= tolerance, $"frame {frame}: mean difference {difference}");
        }

        Assert.False(source.Read(picture, default));
    }

    [Fact]
    public void AVideoLoopsWhereItIsAsked()
    {
        Assert.SkipUnless(Libav.IsAvailable, "libav is not installed");
        string path = Path.Combine(_folder, "video.mp4");
        CamVideo.Write(path, Pictures.Scene, [Layer(0), Layer(1)], new VideoOptions());
        using IPictureSource source = PictureSources.Open(new SourceOptions { Source = path, IsLooping = true, FramesPerSecond = 0 }, () => Stream.Null);
        VideoPicture picture = new();
        for (int i = 0; i < 7; i++)
        {
            Assert.True(source.Read(picture, default));
        }
    }

    [Fact]
    public void AFolderIsReadInTheOrderOfNames()
    {
        foreach ((string name, byte shade) in ((string, byte)[])[("b.bmp", 2), ("a.bmp", 1), ("c.bmp", 3)])
        {
            File.WriteAllBytes(Path.Combine(_folder, name), Pictures.Bmp(new RgbImage(3, 2, [.. Enumerable.Repeat(shade, 18)])));
        }

        using IPictureSource source = PictureSources.Open(new SourceOptions { Source = _folder, FramesPerSecond = 0 }, () => Stream.Null);
        VideoPicture picture = new();
        List<byte> shades = [];
        while (source.Read(picture, default))
        {
            shades.Add(picture.Pixels[0]);
        }

        Assert.Equal([1, 2, 3], shades);
    }

    [Fact]
    public void RawFramesComeFromAStreamAndAHalfOneIsNamed()
    {
        byte[] bytes = [.. Enumerable.Range(0, 12 + 5).Select(i => (byte)i)];
        using IPictureSource source = PictureSources.Open(new SourceOptions { Source = "-", Size = (2, 2) }, () => new MemoryStream(bytes));
        VideoPicture picture = new();
        Assert.True(source.Read(picture, default));
        Assert.Equal(bytes[..12], picture.Pixels);
        Assert.Contains("5 of 12", Assert.Throws<IOException>(() => source.Read(picture, default)).Message);
        Assert.Contains("--size", Assert.Throws<ArgumentException>(() => PictureSources.Open(new SourceOptions { Source = "-" }, () => Stream.Null)).Message);
    }

    [Fact]
    public void WhatIsNotThereIsNamed()
    {
        Assert.Contains("no file", Assert.Throws<IOException>(() => Open("nowhere.mp4")).Message);
        Assert.Contains("no pictures", Assert.Throws<IOException>(() => Open(_folder)).Message);
        Assert.Contains("There is no camera /dev/nothing. Connect one", Assert.Throws<IOException>(() => Open("camera:/dev/nothing")).Message);
        string text = Path.Combine(_folder, "text.mp4");
        File.WriteAllText(text, "no video");
        if (Libav.IsAvailable)
        {
            Assert.Contains("text.mp4", Assert.Throws<LibavException>(() => Open(text)).Message);
            Assert.Contains("'/dev/null' cannot be opened as a camera", Assert.ThrowsAny<Exception>(() => Open("camera:/dev/null")).Message);
        }

        static IPictureSource Open(string source) => PictureSources.Open(new SourceOptions { Source = source }, () => Stream.Null);
    }

    private static LayerMap Layer(int index)
    {
        float[] values = [.. Enumerable.Range(0, 16).Select(i => i == index ? 1f : 0)];
        return new LayerMap { Name = $"layer{index}", ModuleClass = "Conv2d", Channels = 1, Height = 4, Width = 4, SignedMap = values, Map = values, Minimum = 0, Maximum = 1 };
    }
}
