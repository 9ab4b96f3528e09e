using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Kernels.Tests.Frames;

/// <summary>What every variant of the frame kernel must do.</summary>
public abstract class FrameKernelTests(KernelVariant variant)
{
    public static TheoryData<FrameFormat> Formats => [FrameFormat.Yuv420, FrameFormat.Nv12, FrameFormat.Yuv444, FrameFormat.Rgb24, FrameFormat.Bgr0];

    private KernelVariant Variant => variant;

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_equal_the_scalar_variant_at_every_width(FrameFormat format)
    {
        for (int width = 1; width <= 140; width++)
        {
            FrameScene scene = new(width, 5, 7, width, 7);
            byte[][] expected = scene.Draw(KernelVariant.Scalar, format);
            byte[][] actual = scene.Draw(Variant, format);
            for (int plane = 0; plane < 3; plane++)
            {
                Assert.True(expected[plane].AsSpan().SequenceEqual(actual[plane]), $"{format}, width {width}, plane {plane}, seed {width}");
            }
        }
    }

    [Theory]
    [InlineData(7, 7, 224, 224)]
    [InlineData(1, 1, 16, 17)]
    [InlineData(56, 40, 65, 31)]
    [InlineData(90, 100, 33, 33)]
    public void Pixels_equal_a_plain_float64_computation(int mapHeight, int mapWidth, int width, int height)
    {
        FrameScene scene = new(3, mapHeight, mapWidth, width, height);
        byte[] drawn = scene.Draw(Variant, FrameFormat.Rgb24)[0];
        int stride = (scene.FrameWidth * 3) + 5;
        int exact = 0;
        foreach (FramePlace place in scene.Places)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    // A value within rounding of a step between two colours may land on either.
                    double at = FrameReference.Position(scene, place, x, y);
                    int index = (int)(at * 255);
                    int near = Math.Clamp((int)Math.Round(at * 255), 0, 255);
                    bool onStep = Math.Abs((at * 255) - near) < 1e-3;
                    ReadOnlySpan<byte> pixel = drawn.AsSpan(((place.Y + y) * stride) + ((place.X + x) * 3), 3);
                    bool equal = FrameReference.Equal(scene.Panel, index, x, y, pixel);
                    exact += equal ? 1 : 0;
                    Assert.True(
                        equal || (onStep && (FrameReference.Equal(scene.Panel, near, x, y, pixel) || FrameReference.Equal(scene.Panel, Math.Max(0, near - 1), x, y, pixel))),
                        $"({x},{y}) of {place}: t = {at}");
                }
            }
        }

        Assert.True(exact >= 0.95 * 2 * width * height, $"{exact} of {2 * width * height} pixels are exact");
    }

    [Fact]
    public void Yuv_planes_are_bt709_of_the_rgb_frame()
    {
        FrameScene scene = new(5, 6, 6, 37, 21);
        byte[] rgb = scene.Draw(Variant, FrameFormat.Rgb24)[0];
        byte[][] full = scene.Draw(Variant, FrameFormat.Yuv444);
        byte[][] half = scene.Draw(Variant, FrameFormat.Yuv420);
        FramePlace place = scene.Places[1];
        for (int y = 0; y < 21; y++)
        {
            for (int x = 0; x < 37; x++)
            {
                (double luma, double u, double v) = FrameReference.Yuv(Rgb(x, y));
                (int column, int row) = (place.X + x, place.Y + y);
                Assert.Equal(luma, full[0][(row * (scene.FrameWidth + 5)) + column], 0.51);
                Assert.Equal(luma, half[0][(row * (scene.FrameWidth + 5)) + column], 0.51);
                Assert.Equal(u, full[1][(row * (scene.FrameWidth + 3)) + column], 0.51);
                Assert.Equal(v, full[2][(row * (scene.FrameWidth + 3)) + column], 0.51);
                if (x % 2 == 0 && y % 2 == 0)
                {
                    double[][] four = [Rgb(x, y), Rgb(Math.Min(x + 1, 36), y), Rgb(x, Math.Min(y + 1, 20)), Rgb(Math.Min(x + 1, 36), Math.Min(y + 1, 20))];
                    (_, u, v) = FrameReference.Yuv([.. Enumerable.Range(0, 3).Select(c => four.Average(p => p[c]))]);
                    int at = (row / 2 * (((scene.FrameWidth + 1) / 2) + 3)) + (column / 2);
                    Assert.Equal(u, half[1][at], 0.51);
                    Assert.Equal(v, half[2][at], 0.51);
                }
            }
        }

        double[] Rgb(int x, int y)
        {
            int at = ((place.Y + y) * ((scene.FrameWidth * 3) + 5)) + ((place.X + x) * 3);
            return [rgb[at], rgb[at + 1], rgb[at + 2]];
        }
    }

    [Fact]
    public void Values_that_are_not_finite_count_as_zero()
    {
        FrameScene scene = new(9, 4, 4, 40, 40);
        float[] clean = [.. scene.Map];
        (clean[3], clean[6], clean[9]) = (0, 0, 0);
        clean.CopyTo(scene.Map, 0);
        byte[] expected = scene.Draw(Variant, FrameFormat.Rgb24)[0];
        (scene.Map[3], scene.Map[6], scene.Map[9]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        Assert.Equal(expected, scene.Draw(Variant, FrameFormat.Rgb24)[0]);
    }

    [Theory]
    [InlineData(2f, 2f)]
    [InlineData(3f, 1f)]
    [InlineData(float.NaN, 1f)]
    [InlineData(0f, float.NaN)]
    [InlineData(0f, float.PositiveInfinity)]
    public void A_range_without_width_draws_the_first_colour(float minimum, float maximum)
    {
        FrameScene scene = new(11, 3, 3, 40, 6, alpha: 1);
        scene.Places[0] = scene.Places[0] with { Minimum = minimum, Maximum = maximum };
        byte[] drawn = scene.Draw(Variant, FrameFormat.Rgb24)[0];
        int stride = (scene.FrameWidth * 3) + 5;
        for (int x = 0; x < 40; x++)
        {
            Assert.Equal<byte>([0, 0, 128], drawn.AsSpan((6 * stride) + ((4 + x) * 3), 3).ToArray());
        }
    }

    [Fact]
    public void Steady_state_allocates_nothing()
    {
        FrameScene scene = new(13, 7, 7, 64, 64);
        byte[][] planes = scene.NewPlanes(FrameFormat.Yuv420, out int stride, out int chromaStride);
        FrameScratch scratch = new();
        KernelVariant chosen = Variant;
        Draw();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            Draw();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Draw() => FrameKernel.Compose(
            new FramePlanes(FrameFormat.Yuv420, scene.FrameWidth, scene.FrameHeight, planes[0], stride, planes[1], planes[2], chromaStride),
            new FrameMap(scene.Map, scene.MapHeight, scene.MapWidth),
            scene.Panel,
            scene.Places,
            scene.Captions,
            scratch,
            chosen);
    }
}
