using System.Diagnostics;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Models.Tests.Images;

public sealed class PreprocessingTests
{
    [Theory]
    [InlineData(224)]
    [InlineData(299)]
    public void Stretching_equals_OpenCV(int size)
    {
        var reference = new ReferenceTensors(SharedFiles.Require("reference/inputs.safetensors"));
        RgbImage image = ImageFile.Load(SharedFiles.Require("images/both.png"));
        ModelInput input = new Preprocessing { Size = size }.Apply(image);
        if (reference.Contains($"both_{size}_rgb"))
        {
            Assert.Equal(reference.Bytes($"both_{size}_rgb"), input.Image.Pixels);
        }

        Numbers.AssertClose(input.Values, reference.Floats($"both_{size}"), 1e-6, 0, "normalised input");
    }

    [Fact]
    public void A_ramp_is_interpolated_at_half_pixel_centres()
    {
        var ramp = new RgbImage(2, 1, [0, 0, 0, 200, 100, 40]);
        ModelInput input = new Preprocessing { Size = 4 }.Apply(ramp);
        Assert.Equal([0, 50, 150, 200], Enumerable.Range(0, 4).Select(x => (int)input.Image.Pixels[x * 3]));
        Assert.Equal([0, 10, 30, 40], Enumerable.Range(0, 4).Select(x => (int)input.Image.Pixels[(x * 3) + 2]));
    }

    [Fact]
    public void Exact_halves_are_means_of_four()
    {
        var image = new RgbImage(2, 2, [0, 0, 0, 10, 0, 0, 20, 0, 0, 31, 0, 255]);
        Assert.Equal([15, 0, 64], new Preprocessing { Size = 1 }.Apply(image).Image.Pixels);
    }

    [Fact]
    public void Stretching_to_no_square_takes_height_and_width()
    {
        var image = new RgbImage(2, 2, [0, 0, 0, 100, 0, 0, 50, 0, 0, 200, 0, 0]);
        ModelInput input = new Preprocessing { Size = 2, Width = 1 }.Apply(image);
        Assert.Equal((2, 1), (input.Height, input.Width));
        Assert.Equal([50, 125], [input.Image.Pixels[0], input.Image.Pixels[3]]);
        Assert.Throws<ArgumentException>(() => new Preprocessing { Width = 8, Mode = ResizeMode.Crop }.Apply(image));
        Assert.Throws<ArgumentException>(() => new Preprocessing { Width = 0 }.Apply(image));
    }

    [Fact]
    public void Inverting_gives_the_picture_back()
    {
        byte[] pixels = [.. Enumerable.Range(0, 256 * 3).Select(i => (byte)(i / 3))];
        var preprocessing = new Preprocessing { Mode = ResizeMode.Keep };
        ModelInput input = preprocessing.Apply(new RgbImage(16, 16, pixels));
        ModelInput inverse = preprocessing.Invert(input.Values, 16, 16);
        Assert.Equal(pixels, inverse.Image.Pixels);
        Assert.Same(input.Values, inverse.Values);
        Assert.Equal([0, 255, 0], preprocessing.Invert([float.NaN, float.PositiveInfinity, -1e9f], 1, 1).Image.Pixels);
        Assert.Throws<ArgumentException>(() => preprocessing.Invert(input.Values, 16, 17));
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(20, 40)]
    [InlineData(7, 7)]
    [InlineData(1, 9)]
    public void Cropping_gives_the_middle_square(int width, int height)
    {
        // A horizontal and a vertical ramp: the middle stays in the middle.
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            pixels[i * 3] = (byte)(255 * (i % width) / Math.Max(1, width - 1));
            pixels[(i * 3) + 1] = (byte)(255 * (i / width) / Math.Max(1, height - 1));
        }

        ModelInput input = new Preprocessing { Mode = ResizeMode.Crop, Size = 14 }.Apply(new RgbImage(width, height, pixels));
        Assert.Equal((14, 14), (input.Width, input.Height));
        for (int channel = 0; channel < 2; channel++)
        {
            if ((channel == 0 ? width : height) > 1)
            {
                Assert.Equal(127, Enumerable.Range(0, 14 * 14).Average(i => (double)input.Image.Pixels[(i * 3) + channel]), 4.0);
            }
        }
    }

    /// <summary>The shorter side becomes 256, the longer would become millions: only the middle of it is ever there.</summary>
    [Theory]
    [InlineData(1, 9000)]
    [InlineData(1, 30000)]
    [InlineData(2_000_000, 1)]
    [InlineData(3, 1_000_000)]
    public void Cropping_what_is_tall_or_wide_takes_no_more_than_the_part_that_is_kept(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        int step = height > width ? width * 3 : 3;
        pixels.AsSpan(0, pixels.Length / 2 / step * step).Fill(200);
        RgbImage image = new(width, height, pixels);
        var preprocessing = new Preprocessing { Mode = ResizeMode.Crop };
        preprocessing.Apply(new RgbImage(2, 2, new byte[12]));
        PeakMemory memory = new();
        Stopwatch clock = Stopwatch.StartNew();
        ModelInput input = preprocessing.Apply(image);
        Assert.True(clock.Elapsed.TotalSeconds < 1, $"{clock.Elapsed}");
        Assert.True(memory.Growth < 16 << 20, $"{memory.Growth} bytes");
        Assert.Equal((224, 224), (input.Width, input.Height));

        // The edge in the middle of the picture is in the middle of the part.
        Assert.InRange(input.Image.Pixels[0], 180, 200);
        Assert.InRange(input.Image.Pixels[^1], 0, 20);
    }

    [Fact]
    public void Keeping_keeps_the_pixels_and_normalises()
    {
        var image = new RgbImage(3, 1, [0, 0, 0, 255, 255, 255, 51, 51, 51]);
        ModelInput input = new Preprocessing { Mode = ResizeMode.Keep, Mean = [0, 0.5f, 0], StandardDeviation = [1, 0.5f, 2] }.Apply(image);
        Assert.Same(image, input.Image);
        Numbers.AssertClose(input.Values, [0, 1, 0.2f, -1, 1, -0.6f, 0, 0.5f, 0.1f], 1e-7, 0);
        using TorchSharp.torch.Tensor tensor = input.ToTensor();
        Assert.Equal([1, 3, 1, 3], tensor.shape);
    }

    [Fact]
    public void Bad_settings_are_clear_errors()
    {
        var image = new RgbImage(1, 1, new byte[3]);
        Assert.Throws<ArgumentException>(() => new Preprocessing { Size = 0 }.Apply(image));
        Assert.Throws<ArgumentException>(() => new Preprocessing { Mean = [1] }.Apply(image));
        Assert.Throws<ArgumentException>(() => new Preprocessing { StandardDeviation = [1, 0, 1] }.Apply(image));
    }
}
