using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Tests.Interop;
using CAManim.Native.Tests;

namespace CAManim.Native.Kernels.Tests.Reduction;

/// <summary>What every variant of the reduction must do.</summary>
public abstract class ReductionTests
{
    /// <summary>
    /// Rounding, relative to the sum of the magnitudes of a pixel's terms: a chain of at most 130 additions and a channel sum of 64
    /// partial sums round by well under 32 units in the last place.
    /// </summary>
    private const double Rounding = 32 * 6e-8;

    public static TheoryData<Weighting> Weightings => [.. Enum.GetValues<Weighting>()];

    protected abstract void Reduce(Weighting weighting, ReadOnlySpan<float> a, ReadOnlySpan<float> g, int channels, Span<float> map);

    protected abstract void WeightedSum(ReadOnlySpan<float> a, ReadOnlySpan<float> weights, Span<float> map);

    /// <summary>Largest map that every length up to it is tried for; an emulator takes fewer.</summary>
    protected virtual int LongestOfAll => 257;

    [Theory]
    [MemberData(nameof(Weightings))]
    public void EveryLengthAgreesWithFloat64(Weighting weighting)
    {
        for (int pixels = 1; pixels <= LongestOfAll; pixels++)
        {
            int channels = 1 + (pixels % 5);
            AssertAgrees(weighting, channels, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Weightings))]
    public void ManyChannelsAgreeWithFloat64(Weighting weighting)
    {
        AssertAgrees(weighting, 130, 49);
        AssertAgrees(weighting, 67, 1);
        AssertAgrees(weighting, 9, 53 * 61);
        AssertAgrees(weighting, 5, 112 * 112);
    }

    [Theory]
    [MemberData(nameof(Weightings))]
    public void ByHand(Weighting weighting)
    {
        // Two channels of two pixels: mean(G) = 2, -1; sum(A) = 3, 4; sum(G A) = 1·1 + 3·2 = 7 and -2·4 + 0·0 = -8.
        float[] a = [1, 2, 4, 0];
        float[] g = [1, 3, -2, 0];
        float[] expected = weighting switch
        {
            Weighting.GradCam => [2 - 4, 4],
            Weighting.HiResCam => [1 - 8, 6],
            Weighting.ElementWise => [1, 6],
            Weighting.LayerCam => [1, 6],
            Weighting.XGradCam => [(7f / 3) + (4 * -2), 14f / 3],
            // a = 1/(2 + 3·1) and 9/(18 + 3·27): w = 1·0.2 + 3·(9/99); the second channel's only gradient is negative.
            _ => [0.2f + (3 * 9f / 99), 2 * (0.2f + (3 * 9f / 99))],
        };
        float[] map = new float[2];
        Reduce(weighting, a, g, 2, map);
        Numbers.AssertClose(map, expected, 1e-6, 1e-6, $"{weighting}");
    }

    [Theory]
    [MemberData(nameof(Weightings))]
    public void NoChannelsGiveZeros(Weighting weighting)
    {
        float[] map = [1, 2, 3];
        Reduce(weighting, [], [], 0, map);
        Assert.Equal([0, 0, 0], map);
    }

    [Theory]
    [MemberData(nameof(Weightings))]
    public void NoPixelsDoNothing(Weighting weighting) => Reduce(weighting, [], [], 3, []);

    [Theory]
    [MemberData(nameof(Weightings))]
    public void NaNReachesItsPixelAndInWeightedMethodsAll(Weighting weighting)
    {
        const int pixels = 70;
        foreach (int poisoned in (ReadOnlySpan<int>)[0, 17, 63, 69])
        {
            float[] a = Fill.Uniform(3 * pixels, 1, 0.1f);
            float[] g = Fill.Uniform(3 * pixels, 2);
            g[pixels + poisoned] = float.NaN;
            float[] map = new float[pixels];
            Reduce(weighting, a, g, 3, map);
            bool all = weighting is Weighting.GradCam or Weighting.GradCamPlusPlus or Weighting.XGradCam;
            Assert.All(map, (value, i) => Assert.Equal(all || i == poisoned, float.IsNaN(value)));
        }
    }

    [Fact]
    public void InfinityReachesItsPixel()
    {
        float[] map = new float[3];
        Reduce(Weighting.HiResCam, [1, 1, 1, float.PositiveInfinity, 1, 1], [1, 1, 1, 2, 1, 1], 2, map);
        Assert.Equal([float.PositiveInfinity, 2, 2], map);
        Reduce(Weighting.LayerCam, [1, 1, 1, float.PositiveInfinity, 1, 1], [1, 1, 1, -2, 1, 1], 2, map);
        Assert.True(float.IsNaN(map[0]), "0 times infinity is NaN");
        Assert.Equal([2, 2], map[1..]);
    }

    [Fact]
    public void ZeroGradientsGiveZerosNotNaN()
    {
        foreach (Weighting weighting in Enum.GetValues<Weighting>())
        {
            float[] map = [5, 5];
            Reduce(weighting, [0, 0, 0, 0], [0, 0, 0, 0], 2, map);
            Assert.Equal([0, 0], map);
        }
    }

    [Fact]
    public void ReadsAndWritesOnlyItsBuffers()
    {
        foreach (int pixels in (ReadOnlySpan<int>)[1, 15, 16, 17, 49, 63, 64, 65, 80, 121])
        {
            float[] a = Fill.Uniform(3 * pixels, 1, 0.1f);
            float[] g = Fill.Uniform(3 * pixels, 2);
            using GuardedFloats guardedA = GuardedFloats.Of(a);
            using GuardedFloats guardedG = GuardedFloats.Of(g);
            using GuardedFloats guardedMap = new(pixels);
            float[] map = new float[pixels];
            foreach (Weighting weighting in Enum.GetValues<Weighting>())
            {
                Reduce(weighting, a, g, 3, map);
                Reduce(weighting, guardedA.Span, guardedG.Span, 3, guardedMap.Span);
                Assert.Equal(map, guardedMap.Span.ToArray());
            }
        }
    }

    [Fact]
    public void WeightedSumAgreesWithFloat64()
    {
        foreach ((int channels, int pixels) in new[] { (1, 1), (3, 65), (70, 49), (300, 17), (6, 3233) })
        {
            float[] a = Fill.Uniform(channels * pixels, 3);
            float[] weights = Fill.Uniform(channels, 4);
            float[] map = new float[pixels];
            WeightedSum(a, weights, map);
            float[] expected = new float[pixels];
            for (int i = 0; i < pixels; i++)
            {
                expected[i] = (float)Enumerable.Range(0, channels).Sum(k => (double)weights[k] * a[(k * pixels) + i]);
            }

            Numbers.AssertClose(map, expected, Rounding * channels, 0, $"{channels}x{pixels}");
        }
    }

    private void AssertAgrees(Weighting weighting, int channels, int pixels)
    {
        // Positive activations, as after ReLU: the denominators of XGradCAM and GradCAM++ then do not cancel, and rounding has a bound.
        float[] a = Fill.Uniform(channels * pixels, pixels, 0);
        float[] g = Fill.Uniform(channels * pixels, pixels + 1, weighting == Weighting.GradCamPlusPlus ? -1e-3f : -1, weighting == Weighting.GradCamPlusPlus ? 2e-3f : 1);
        a.AsSpan().Replace(0, 0.5f);
        for (int i = 0; weighting == Weighting.GradCamPlusPlus && i < g.Length; i++)
        {
            g[i] = Math.Max(g[i], 0);
        }

        (float[] expected, double magnitude) = ReductionReference.Reduce(weighting, a, g, channels, pixels);
        float[] map = new float[pixels];
        Reduce(weighting, a, g, channels, map);
        Numbers.AssertClose(map, expected, Rounding * magnitude, 0, $"{weighting} {channels}x{pixels}");
    }
}
