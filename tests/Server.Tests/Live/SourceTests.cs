using System.Diagnostics;
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

    // The first value of every picture, until the source ends or its last picture stays.
    private static List<byte> Shades(IPictureSource source)
    {
        VideoPicture picture = new();
        List<byte> shades = [];
        using CancellationTokenSource stays = new(TimeSpan.FromSeconds(1));
        try
        {
            while (source.Read(picture, stays.Token))
            {
                shades.Add(picture.Pixels[0]);
            }

            Assert.Fail("the source ended");
        }
        catch (OperationCanceledException)
        {
            // It stays.
        }

        return shades;
    }

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
        Assert.Equal([1, 2, 3], Shades(source));
    }

    [Fact]
    public void WhatIsDamagedInAFolderIsPassedOverAndWhatIsAllDamagedIsAnError()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a.bmp"), Pictures.Bmp(new RgbImage(3, 2, [.. Enumerable.Repeat((byte)1, 18)])));
        File.WriteAllText(Path.Combine(_folder, "b.png"), "no picture");
        using (IPictureSource source = PictureSources.Open(new SourceOptions { Source = _folder, FramesPerSecond = 0 }, () => Stream.Null))
        {
            Assert.Equal([1], Shades(source));
        }

        File.Delete(Path.Combine(_folder, "a.bmp"));
        using IPictureSource damaged = PictureSources.Open(new SourceOptions { Source = _folder, FramesPerSecond = 0 }, () => Stream.Null);
        Assert.Contains("b.png", Assert.ThrowsAny<IOException>(() => damaged.Read(new VideoPicture(), default)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APhotographStays(bool isLooping)
    {
        string path = Path.Combine(_folder, "one.bmp");
        File.WriteAllBytes(path, Pictures.Bmp(new RgbImage(3, 2, [.. Enumerable.Repeat((byte)7, 18)])));
        using IPictureSource source = PictureSources.Open(new SourceOptions { Source = path, IsLooping = isLooping }, () => Stream.Null);
        Assert.Equal([7], Shades(source));
    }

    [Fact]
    public void AFolderIsReadOneASecond()
    {
        foreach (string name in (string[])["a.bmp", "b.bmp"])
        {
            File.WriteAllBytes(Path.Combine(_folder, name), Pictures.Bmp(new RgbImage(3, 2, new byte[18])));
        }

        using IPictureSource source = PictureSources.Open(new SourceOptions { Source = _folder, IsLooping = true }, () => Stream.Null);
        VideoPicture picture = new();
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(source.Read(picture, default));
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 1.9, 10);
    }

    [Fact]
    public void AVideoIsTurnedAsItsContainerSays()
    {
        Assert.SkipUnless(Libav.IsAvailable, "libav is not installed");
        (List<RgbImage> plain, List<RgbImage> turned) = (Play(SharedFiles.Require("cases/img/plain_video.mp4")), Play(SharedFiles.Require("cases/img/rotated.mp4")));
        Assert.Equal(20, plain.Count);
        Assert.Equal(plain.Count, turned.Count);
        for (int i = 0; i < plain.Count; i++)
        {
            // A quarter turn to the left: what is at the right comes to the top.
            (RgbImage from, RgbImage to) = (plain[i], turned[i]);
            Assert.Equal((from.Height, from.Width), (to.Width, to.Height));
            for (int y = 0; y < to.Height; y++)
            {
                for (int x = 0; x < to.Width; x++)
                {
                    Assert.Equal(from.Pixels.AsSpan(((x * from.Width) + from.Width - 1 - y) * 3, 3), to.Pixels.AsSpan(((y * to.Width) + x) * 3, 3));
                }
            }
        }

        static List<RgbImage> Play(string path)
        {
            using IPictureSource source = PictureSources.Open(new SourceOptions { Source = path, FramesPerSecond = 0 }, () => Stream.Null);
            VideoPicture picture = new();
            List<RgbImage> all = [];
            while (source.Read(picture, default))
            {
                all.Add(new RgbImage(picture.Width, picture.Height, [.. picture.Pixels]));
            }

            return all;
        }
    }

    [Fact]
    public void TimesThatAreNoneAreTwentyFiveASecond()
    {
        Assert.SkipUnless(Libav.IsAvailable, "libav is not installed");
        using IPictureSource source = PictureSources.Open(new SourceOptions { Source = SharedFiles.Require("cases/attack/hugepts.mp4"), IsLooping = true }, () => Stream.Null);
        VideoPicture picture = new();
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 26; i++)
        {
            Assert.True(source.Read(picture, default));
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.95, 10);
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
        string fake = Path.Combine(_folder, "notapic.jpg");
        File.WriteAllText(fake, "no picture");
        Assert.Contains("is called a picture and is none", Assert.Throws<IOException>(() => Open(fake)).Message);
        File.Delete(fake);
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
