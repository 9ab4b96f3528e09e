using CAManim.Native.Kernels.Resize;
using CAManim.Native.Kernels.Tests.Interop;
using CAManim.Native.Tests;

namespace CAManim.Native.Kernels.Tests.Resize;

/// <summary>What every variant of the resize and of its extremes must do.</summary>
public abstract class ResizeTests
{
    /// <summary>Two roundings a lerp and a share rounded to float32, on values of magnitude 1: a few units of 6e-8.</summary>
    private const double Rounding = 5e-7;

    /// <summary>OpenCV computes the source position in float32: its error times the map's slope.</summary>
    private const double OpenCvRounding = 1e-5;

    private static readonly (int Height, int Width, int TargetHeight, int TargetWidth)[] Sizes =
    [
        (1, 1, 1, 1), (1, 1, 5, 17), (1, 2, 3, 33), (2, 1, 33, 3), (7, 7, 7, 7), (7, 7, 31, 29), (7, 9, 50, 64), (3, 5, 16, 15), (14, 14, 112, 48),
        (20, 33, 7, 9), (64, 64, 64, 64), (41, 37, 40, 38), (2, 300, 1, 1),
    ];

    /// <summary>Largest width that every width up to it is tried for; an emulator takes fewer.</summary>
    protected virtual int LongestOfAll => 257;

    protected abstract void Resize(ReadOnlySpan<float> source, int height, int width, Span<float> target, int targetHeight, int targetWidth);

    protected abstract bool FindExtrema(ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth, out float minimum, out float maximum);

    [Fact]
    public void AgreesWithFloat64()
    {
        foreach ((int h, int w, int targetH, int targetW) in Sizes)
        {
            float[] source = Fill.Uniform(h * w, h + w);
            float[] target = new float[targetH * targetW];
            Resize(source, h, w, target, targetH, targetW);
            Numbers.AssertClose(target, ResizeReference.Resize(source, h, w, targetH, targetW), Rounding, 0, $"{h}x{w} -> {targetH}x{targetW}");
        }
    }

    [Fact]
    public void EveryWidthAgreesWithFloat64()
    {
        float[] source = Fill.Uniform(3 * 11, 1);
        for (int width = 1; width <= LongestOfAll; width++)
        {
            float[] target = new float[2 * width];
            Resize(source, 3, 11, target, 2, width);
            Numbers.AssertClose(target, ResizeReference.Resize(source, 3, 11, 2, width), Rounding, 0, $"width {width}");
        }
    }

    [Fact]
    public void ByHand()
    {
        // Centres at -1/4, 1/4, 3/4 and 5/4: the outer two are clamped.
        float[] target = new float[4];
        Resize([0, 1], 1, 2, target, 1, 4);
        Assert.Equal([0, 0.25f, 0.75f, 1], target);
        Resize([0, 1, 2, 3], 2, 2, target.AsSpan(0, 1), 1, 1);
        Assert.Equal(1.5f, target[0]);
    }

    [Fact]
    public void AgreesWithOpenCv()
    {
        ReferenceTensors reference = new(SharedFiles.Require("reference/resize.safetensors"));
        float[] source = reference.Floats("in_7x7");
        foreach ((int h, int w) in new[] { (224, 224), (97, 131), (5, 3) })
        {
            float[] target = new float[h * w];
            Resize(source, 7, 7, target, h, w);
            float scale = source.Max(float.Abs);
            Numbers.AssertClose(target, reference.Floats($"out_{h}x{w}"), OpenCvRounding * scale, 0, $"{h}x{w}");
        }
    }

    [Fact]
    public void AConstantMapStaysConstantToTheBit()
    {
        float[] source = new float[35];
        foreach (float value in (ReadOnlySpan<float>)[0, 1, 0.1f, 1e-30f, 3e38f, -7.3f])
        {
            source.AsSpan().Fill(value);
            float[] target = new float[61 * 47];
            Resize(source, 5, 7, target, 61, 47);
            Assert.All(target, v => Assert.Equal(value, v));
        }
    }

    [Fact]
    public void NaNAndInfinityGiveNaNWhereTheyBelongAndNowhereElse()
    {
        foreach (float poison in (ReadOnlySpan<float>)[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            float[] source = Fill.Uniform(25, 1);
            source[12] = poison;
            float[] target = new float[400];
            Resize(source, 5, 5, target, 20, 20);
            for (int i = 0; i < 400; i++)
            {
                // Pixels from centre 1 to centre 3 have the poisoned pixel 2 among their four.
                bool near = IsNear(i % 20) && IsNear(i / 20);
                Assert.Equal(near, float.IsNaN(target[i]));
            }
        }

        static bool IsNear(int position)
        {
            double centre = ((position + 0.5) / 4) - 0.5;
            return centre is >= 1 and < 3;
        }
    }

    [Fact]
    public void ExtremaAreThoseOfTheResizedMap()
    {
        foreach ((int h, int w, int targetH, int targetW) in Sizes)
        {
            float[] signed = Fill.Uniform(h * w, h + (3 * w));
            float[] map = [.. signed.Select(v => Math.Max(v, 0))];
            float[] target = new float[targetH * targetW];
            Resize(map, h, w, target, targetH, targetW);
            Assert.False(FindExtrema(signed, h, w, targetH, targetW, out float minimum, out float maximum));
            Assert.Equal((target.Min(), target.Max()), (minimum, maximum));
            Assert.False(FindExtrema(map, h, w, targetH, targetW, out minimum, out maximum));
            Assert.Equal((target.Min(), target.Max()), (minimum, maximum));
        }
    }

    [Fact]
    public void ExtremaPassOverWhatIsNotFinite()
    {
        float[] map = [1, 2, 3, 4, float.NaN, 6, 7, 8, 9];
        Assert.True(FindExtrema(map, 3, 3, 6, 6, out float minimum, out float maximum));
        Assert.Equal((1, 9), (minimum, maximum));
        map[4] = float.PositiveInfinity;
        Assert.True(FindExtrema(map, 3, 3, 6, 6, out minimum, out maximum));
        Assert.Equal((1, 9), (minimum, maximum));
        map[4] = float.NegativeInfinity;
        Assert.False(FindExtrema(map, 3, 3, 3, 3, out minimum, out maximum));
        Assert.Equal((0, 9), (minimum, maximum));
        Assert.True(FindExtrema([float.NaN, float.NaN], 1, 2, 4, 4, out minimum, out maximum));
        Assert.Equal((0, 0), (minimum, maximum));
    }

    [Fact]
    public void NegativeAndConstantMapsHaveEqualExtrema()
    {
        Assert.False(FindExtrema([-1, -2, -3, -4], 2, 2, 9, 9, out float minimum, out float maximum));
        Assert.Equal((0, 0), (minimum, maximum));
        Assert.False(FindExtrema([0.3f, 0.3f, 0.3f, 0.3f], 2, 2, 9, 9, out minimum, out maximum));
        Assert.Equal((0.3f, 0.3f), (minimum, maximum));
    }

    [Fact]
    public void ReadsAndWritesOnlyItsBuffers()
    {
        foreach ((int h, int w, int targetH, int targetW) in Sizes)
        {
            float[] source = Fill.Uniform(h * w, 5);
            float[] target = new float[targetH * targetW];
            Resize(source, h, w, target, targetH, targetW);
            using GuardedFloats guardedSource = GuardedFloats.Of(source);
            using GuardedFloats guardedTarget = new(target.Length);
            Resize(guardedSource.Span, h, w, guardedTarget.Span, targetH, targetW);
            Assert.Equal(target, guardedTarget.Span.ToArray());
            FindExtrema(guardedSource.Span, h, w, targetH, targetW, out _, out _);
        }
    }
}
