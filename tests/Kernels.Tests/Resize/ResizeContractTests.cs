using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Kernels.Tests.Resize;

public sealed class ResizeContractTests
{
    [Fact]
    public void VariantsGiveTheSameBits()
    {
        foreach ((int h, int w, int targetH, int targetW) in new[] { (7, 7, 224, 224), (56, 56, 224, 224), (13, 17, 101, 97), (9, 4, 3, 5) })
        {
            float[] source = Fill.Uniform(h * w, 1);
            float[] expected = new float[targetH * targetW];
            BilinearResize.Resize(source, h, w, expected, targetH, targetW, KernelVariant.Scalar);
            ResizedExtrema.Find(source, h, w, targetH, targetW, out float minimum, out float maximum, KernelVariant.Scalar);
            foreach (KernelVariant variant in Enum.GetValues<KernelVariant>())
            {
                float[] target = new float[targetH * targetW];
                BilinearResize.Resize(source, h, w, target, targetH, targetW, variant);
                Assert.True(expected.AsSpan().SequenceEqual(target), $"{variant} {h}x{w} -> {targetH}x{targetW}");
                ResizedExtrema.Find(source, h, w, targetH, targetW, out float least, out float greatest, variant);
                Assert.Equal((minimum, maximum), (least, greatest));
            }
        }
    }

    [Fact]
    public void RowsThatAreLeftOutHoldNoExtreme()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            (int h, int w, int targetH, int targetW) = (random.Next(1, 40), random.Next(1, 40), random.Next(1, 120), random.Next(1, 120));
            float[] source = Fill.Uniform(h * w, seed);
            for (int i = 0; i < source.Length; i++)
            {
                // Noise, one peak, plateaus, constants that bounds can only just tell apart.
                source[i] = (seed % 4) switch { 0 => source[i], 1 => MathF.Pow(MathF.Abs(source[i]), 30), 2 => MathF.Round(2 * source[i]), _ => 1 + (1e-7f * MathF.Round(source[i])) };
            }

            float[] target = new float[targetH * targetW];
            BilinearResize.Resize([.. source.Select(v => MathF.Max(v, 0))], h, w, target, targetH, targetW);
            ResizedExtrema.Find(source, h, w, targetH, targetW, out float minimum, out float maximum);
            Assert.True((minimum, maximum) == (target.Min(), target.Max()), $"seed {seed}: {h}x{w} -> {targetH}x{targetW}");
        }
    }

    [Fact]
    public void AllocatesNothingOnceWarm()
    {
        float[] small = Fill.Uniform(49, 1);
        float[] large = Fill.Uniform(56 * 56, 1);
        float[] target = new float[224 * 224];
        Allocations.AssertNone(() =>
        {
            BilinearResize.Resize(small, 7, 7, target, 224, 224);
            BilinearResize.Resize(large, 56, 56, target, 224, 224);
            ResizedExtrema.Find(small, 7, 7, 224, 224, out _, out _);
            ResizedExtrema.Find(large, 56, 56, 200, 100, out _, out _);
        });
    }

    [Fact]
    public void SizesThatDoNotFitAreRefused()
    {
        float[] four = new float[4];
        ArgumentException error = Assert.Throws<ArgumentException>(() => BilinearResize.Resize(new float[5], 2, 2, four, 2, 2));
        Assert.Contains("4 floats; the source holds 5", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BilinearResize.Resize(new float[4], 2, 2, four, 2, 3));
        Assert.Throws<ArgumentException>(() => BilinearResize.Resize(four, 2, 2, four, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearResize.Resize([], 0, 0, four, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearResize.Resize(new float[4], 2, 2, [], 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResizedExtrema.Find(four, 2, 2, 0, 1, out _, out _));
        Assert.Throws<ArgumentException>(() => ResizedExtrema.Find(four, 2, 3, 1, 1, out _, out _));
    }
}
