using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Kernels.Tests.Reduction;

public sealed class ReductionContractTests
{
    // The last is large enough to be shared by threads.
    private static readonly (int Channels, int Pixels)[] Sizes = [(1, 1), (3, 15), (5, 64), (7, 100), (300, 49), (33, 8003)];

    [Fact]
    public void VariantsAndThreadCountsGiveTheSameBits()
    {
        foreach ((int channels, int pixels) in Sizes)
        {
            float[] a = Fill.Uniform(channels * pixels, 1);
            float[] g = Fill.Uniform(channels * pixels, 2);
            foreach (Weighting weighting in Enum.GetValues<Weighting>())
            {
                float[] expected = new float[pixels];
                MapReduction.Reduce(weighting, a, g, channels, expected, KernelVariant.Scalar);
                foreach (KernelVariant variant in Enum.GetValues<KernelVariant>())
                {
                    foreach (int threads in variant == KernelVariant.Scalar ? (ReadOnlySpan<int>)[2] : [1, 2, 3, 8])
                    {
                        float[] map = new float[pixels];
                        MapReduction.Reduce(weighting, a, g, channels, map, variant, threads);
                        Assert.True(expected.AsSpan().SequenceEqual(map), $"{weighting} {variant} {threads} threads {channels}x{pixels}");
                    }
                }
            }
        }
    }

    [Fact]
    public void SeveralAtOnceHaveTheBitsOfEachByItself()
    {
        // In another order than the enumeration, and one of them twice.
        Weighting[] weightings = [Weighting.XGradCam, Weighting.LayerCam, Weighting.GradCam, Weighting.GradCamPlusPlus, Weighting.HiResCam, Weighting.ElementWise, Weighting.GradCam];
        foreach ((int channels, int pixels) in Sizes)
        {
            float[] a = Fill.Uniform(channels * pixels, 1);
            float[] g = Fill.Uniform(channels * pixels, 2);
            foreach (KernelVariant variant in Enum.GetValues<KernelVariant>())
            {
                float[] maps = new float[weightings.Length * pixels];
                MapReduction.ReduceMany(weightings, a, g, channels, maps, variant);
                for (int m = 0; m < weightings.Length; m++)
                {
                    float[] expected = new float[pixels];
                    MapReduction.Reduce(weightings[m], a, g, channels, expected, variant);
                    Assert.True(maps.AsSpan(m * pixels, pixels).SequenceEqual(expected), $"{weightings[m]} {variant} {channels}x{pixels}");
                }
            }
        }

        MapReduction.ReduceMany([], [], [], 0, []);
        Assert.Throws<ArgumentException>(() => MapReduction.ReduceMany([Weighting.GradCam, Weighting.LayerCam], new float[3], new float[3], 1, new float[7]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AllocatesNothingOnceWarm(int threads)
    {
        float[] a = Fill.Uniform(64 * 5000, 1);
        float[] g = Fill.Uniform(64 * 5000, 2);
        float[] map = new float[5000];
        foreach (Weighting weighting in Enum.GetValues<Weighting>())
        {
            Allocations.AssertNone(() => MapReduction.Reduce(weighting, a, g, 64, map, KernelVariant.Auto, threads), warmUps: 50);
        }

        float[] maps = new float[2 * map.Length];
        Allocations.AssertNone(() => MapReduction.ReduceMany([Weighting.GradCam, Weighting.XGradCam], a, g, 64, maps));
        float[] weights = Fill.Uniform(64, 3);
        Allocations.AssertNone(() => MapReduction.WeightedSum(a, weights, map));
    }

    [Fact]
    public void LengthsThatDoNotFitAreRefusedWithTheNumbers()
    {
        float[] map = new float[4];
        ArgumentException error = Assert.Throws<ArgumentException>(() => MapReduction.Reduce(Weighting.GradCam, new float[11], new float[12], 3, map));
        Assert.Contains("12 floats; the activation holds 11", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => MapReduction.Reduce(Weighting.GradCam, new float[12], new float[13], 3, map));
        Assert.Contains("12 floats; the gradient holds 13", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MapReduction.WeightedSum(new float[7], new float[2], map));
    }

    [Fact]
    public void AMapInTheMemoryOfATensorIsRefused()
    {
        float[] tensor = new float[8];
        Assert.Throws<ArgumentException>(() => MapReduction.Reduce(Weighting.GradCam, tensor, new float[8], 2, tensor.AsSpan(4)));
        Assert.Throws<ArgumentException>(() => MapReduction.WeightedSum(tensor, new float[2], tensor.AsSpan(0, 4)));
    }

    [Fact]
    public void ValuesOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MapReduction.Reduce(Weighting.GradCam, [], [], -1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MapReduction.Reduce((Weighting)99, [], [], 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MapReduction.Reduce(Weighting.GradCam, new float[1], new float[1], 1, new float[1], (KernelVariant)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MapReduction.Reduce(Weighting.GradCam, new float[1], new float[1], 1, new float[1], KernelVariant.Auto, 0));
    }
}
