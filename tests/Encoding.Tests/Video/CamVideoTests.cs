using CAManim.Native.Encoding.Tests.Decoding;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests.Video;

public sealed class CamVideoTests
{
    // The bound that the decoded video must keep to the composed frames.
    private const double SmallestPeakSignal = 38;

    private static readonly VideoOptions Options = new() { Title = "resnet18 \u00b7 GradCAM", Target = "bull mastiff", Probability = 0.42f };

    [Theory]
    [InlineData("a.mp4", 224, 224, 17)]
    [InlineData("a.webm", 64, 48, 7)]
    [InlineData("a.gif", 64, 48, 7)]
    [InlineData("a.mkv", 64, 48, 7)]
    [InlineData("a.mp4", 33, 57, 3)]
    [InlineData("a.mkv", 33, 57, 3)]
    [InlineData("a.gif", 33, 57, 3)]
    [InlineData("a.MP4", 32, 32, 1)]
    [InlineData("a.webm", 32, 32, 1)]
    [InlineData("a.gif", 32, 32, 1)]
    [InlineData("a.mkv", 32, 32, 1)]
    [InlineData("a.mp4", 1, 1, 2)]
    public void A_video_has_a_frame_for_every_layer(string name, int width, int height, int frames)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        VideoSummary summary = CamVideo.Write(folder.File(name), TestVideo.Image(width, height), TestVideo.Layers(frames), Options);
        DecodedVideo decoded = DecodedVideo.Read(summary.Path);
        Assert.Equal([name], folder.Files);
        Assert.Equal(frames, decoded.Packets);
        Assert.Equal(frames, decoded.Frames.Count);
        Assert.Equal((summary.Width, summary.Height), (decoded.Width, decoded.Height));
        Assert.Equal(0, summary.Width % 2);
        Assert.Equal(0, summary.Height % 2);
        Assert.Equal(new FileInfo(summary.Path).Length, summary.SizeInBytes);
        if (frames > 1)
        {
            Assert.Equal(0.2, decoded.SecondsBetweenFrames, 0.002);
        }
    }

    [Fact]
    public void Decoded_h264_keeps_38_dB_to_the_composed_frames()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        RgbImage image = TestVideo.Image(224, 224);
        LayerMap[] layers = TestVideo.Layers(25);
        DecodedVideo decoded = DecodedVideo.Read(CamVideo.Write(folder.File("a.mp4"), image, layers, Options).Path);
        AssertPeakSignal(decoded, image, layers, Options);
    }

    [Fact]
    public void Decoded_h264_keeps_38_dB_on_maps_of_a_network()
    {
        TestVideo.RequireLibav();
        ReferenceTensors maps = new(SharedFiles.Require("reference/cams/resnet18.GradCAM.safetensors"));
        ReferenceTensors inputs = new(SharedFiles.Require("reference/inputs.safetensors"));
        RgbImage image = new(224, 224, inputs.Bytes("both_224_rgb"));
        LayerMap[] layers = [.. maps.Keys.Where((_, i) => i % 6 == 1).Select(key => Map(key, maps))];
        using TestVideo.Folder folder = new();
        VideoOptions options = Options with { ShowImage = true };
        DecodedVideo decoded = DecodedVideo.Read(CamVideo.Write(folder.File("a.mp4"), image, layers, options).Path);
        AssertPeakSignal(decoded, image, layers, options);

        static LayerMap Map(string key, ReferenceTensors maps)
        {
            int[] shape = maps.Shape(key);
            float[] values = maps.Floats(key);
            return new LayerMap { Name = key, ModuleClass = "", Channels = 1, Height = shape[^2], Width = shape[^1], Map = values, SignedMap = values, Minimum = values.Min(), Maximum = values.Max() };
        }
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.gif")]
    public void The_same_maps_give_the_same_bytes_also_side_by_side(string name)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        RgbImage image = TestVideo.Image(40, 40);
        LayerMap[] layers = TestVideo.Layers(5);
        byte[][] files = new byte[4][];
        Parallel.For(0, files.Length, i => files[i] = File.ReadAllBytes(CamVideo.Write(folder.File($"{i}{name}"), image, layers, Options).Path));
        Assert.All(files, file => Assert.True(file.AsSpan().SequenceEqual(files[0])));
    }

    [Fact]
    public void Mp4_has_its_index_in_front()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        ReadOnlySpan<byte> content = File.ReadAllBytes(CamVideo.Write(folder.File("a.mp4"), TestVideo.Image(32, 32), TestVideo.Layers(3), Options).Path);
        Assert.InRange(content.IndexOf("moov"u8), 1, content.IndexOf("mdat"u8));
    }

    [Theory]
    [InlineData(NormalisationView.Both, false)]
    [InlineData(NormalisationView.Local, true)]
    [InlineData(NormalisationView.Global, false)]
    public void Decoded_ffv1_is_the_composed_frames_exactly(NormalisationView view, bool showImage)
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        RgbImage image = TestVideo.Image(61, 47);
        LayerMap[] layers = TestVideo.Layers(6);
        VideoOptions options = Options with { View = view, ShowImage = showImage, ColorMap = "viridis", Alpha = 0.7f };
        DecodedVideo decoded = DecodedVideo.Read(CamVideo.Write(folder.File("a.mkv"), image, layers, options).Path);
        for (int i = 0; i < layers.Length; i++)
        {
            byte[] expected = CamVideo.Compose(image, layers, options, i).Pixels;
            byte[] bgr = decoded.Frames[i][0];
            byte[] actual = new byte[expected.Length];
            for (int at = 0; at < actual.Length / 3; at++)
            {
                (actual[3 * at], actual[(3 * at) + 1], actual[(3 * at) + 2]) = (bgr[(4 * at) + 2], bgr[(4 * at) + 1], bgr[4 * at]);
            }

            Assert.True(expected.AsSpan().SequenceEqual(actual), $"frame {i}");
        }
    }

    [Fact]
    public void Decoded_gif_is_close_and_its_captions_are_exact()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        RgbImage image = TestVideo.Image(128, 128);
        LayerMap[] layers = TestVideo.Layers(6);
        DecodedVideo decoded = DecodedVideo.Read(CamVideo.Write(folder.File("a.gif"), image, layers, Options).Path);
        for (int i = 0; i < layers.Length; i++)
        {
            byte[] expected = CamVideo.Compose(image, layers, Options, i).Pixels;
            byte[] bgra = decoded.Frames[i][0];
            byte[] actual = new byte[expected.Length];
            for (int at = 0; at < actual.Length / 3; at++)
            {
                (actual[3 * at], actual[(3 * at) + 1], actual[(3 * at) + 2]) = (bgra[(4 * at) + 2], bgra[(4 * at) + 1], bgra[4 * at]);
            }

            // 256 colours for everything: far from lossless, but never the wrong colour.
            double signal = PeakSignal.Ratio(PeakSignal.MeanSquare(expected, actual));
            Assert.True(signal > 30, $"frame {i}: {signal:0.0} dB");
            Assert.Equal<byte>([22, 22, 22], actual[..3]);
        }
    }

    [Fact]
    public void More_frames_a_second_than_a_gif_can_hold_are_refused()
    {
        using TestVideo.Folder folder = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => CamVideo.Write(folder.File("a.gif"), TestVideo.Image(32, 32), TestVideo.Layers(2), Options with { FramesPerSecond = 101 }));
        Assert.Contains("at most 100", error.Message, StringComparison.Ordinal);
    }

    private static void AssertPeakSignal(DecodedVideo decoded, RgbImage image, LayerMap[] layers, VideoOptions options)
    {
        double worst = double.PositiveInfinity;
        for (int i = 0; i < layers.Length; i++)
        {
            RgbImage composed = CamVideo.Compose(image, layers, options, i);
            byte[] rgb = PeakSignal.ToRgb(decoded.Frames[i], composed.Width, composed.Height);
            worst = Math.Min(worst, PeakSignal.Ratio(PeakSignal.MeanSquare(composed.Pixels, rgb)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"worst frame {worst:0.0} dB");
        Assert.True(worst >= SmallestPeakSignal, $"worst frame: {worst:0.0} dB");
    }
}
