using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Tests;

namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>What every variant of the imputation must do.</summary>
public abstract class ImputationTests
{
    /// <summary>The error that the default options promise, on images of magnitude 1 to 3.</summary>
    private const double Promised = 1e-4;

    /// <summary>Largest image that all masks are tried on, in values.</summary>
    protected virtual int MostValues => int.MaxValue;

    [Theory]
    [InlineData(1, 8, 8)]
    [InlineData(4, 7, 5)]
    [InlineData(2, 9, 13)]
    [InlineData(3, 32, 32)]
    [InlineData(4, 17, 40)]
    [InlineData(1, 31, 8)]
    public void AgreesWithFloat64(int channels, int height, int width)
    {
        Assert.SkipWhen(channels * height * width > MostValues, "too slow on the emulator");
        foreach ((string name, byte[] mask) in Masks.All(height, width))
        {
            if (mask.All(m => m != 0) || mask.All(m => m == 0))
            {
                continue;
            }

            float[] image = Fill.Uniform(channels * height * width, 1);
            float[] result = new float[image.Length];
            ImputationResult outcome = Solve(image, mask, channels, height, width, result);
            Assert.True(outcome.Status == ImputationStatus.Solved, $"{name}: {outcome}");
            Assert.True(outcome.Iterations <= 16, $"{name}: {outcome}");
            float[] expected = ImputationReference.Solve(image, mask, channels, height, width);
            Numbers.AssertClose(result, expected, Promised, 0, $"{name} {height}x{width} {outcome}");
        }
    }

    [Fact]
    public void SmallestSizesAgreeWithFloat64()
    {
        foreach ((int height, int width) in new[] { (1, 2), (2, 1), (2, 2), (3, 3), (1, 20), (20, 1), (2, 17), (5, 1) })
        {
            byte[] mask = Masks.Make(height, width, (y, x) => (y + x) % 3 != 1);
            float[] image = Fill.Uniform(height * width, 1);
            float[] result = new float[image.Length];
            ImputationResult outcome = Solve(image, mask, 1, height, width, result);
            Assert.True(outcome.Status == ImputationStatus.Solved, $"{height}x{width}: {outcome}");
            Numbers.AssertClose(result, ImputationReference.Solve(image, mask, 1, height, width), Promised, 0, $"{height}x{width}");
        }
    }

    [Fact]
    public void ByHand()
    {
        // The middle of nine: (2·(2+4+6+8) + 1+3+7+9) / 12 = 5.
        float[] result = new float[9];
        Solve([1, 2, 3, 4, 100, 6, 7, 8, 9], [0, 0, 0, 0, 1, 0, 0, 0, 0], 1, 3, 3, result);
        Numbers.AssertClose(result, [1, 2, 3, 4, 5, 6, 7, 8, 9], 1e-5, 0);

        // A corner: (2·2 + 2·4 + 5) / 5.
        Solve([100, 2, 3, 4, 5, 6, 7, 8, 9], [1, 0, 0, 0, 0, 0, 0, 0, 0], 1, 3, 3, result);
        Assert.Equal(17f / 5, result[0], 1e-5f);
    }

    [Fact]
    public void KnownPixelsKeepTheirBits()
    {
        float[] image = Fill.Uniform(3 * 40 * 50, 1);
        byte[] mask = Masks.Noise(40, 50, 0.6, 5);
        float[] result = new float[image.Length];
        Solve(image, mask, 3, 40, 50, result);
        Assert.All(Enumerable.Range(0, image.Length).Where(i => mask[i % mask.Length] == 0), i => Assert.Equal(image[i], result[i]));
    }

    [Fact]
    public void NothingRemovedIsACopyAndEverythingRemovedIsZeroAndSaysSo()
    {
        float[] image = Fill.Uniform(2 * 64, 1);
        float[] result = new float[128];
        Assert.Equal(ImputationStatus.NothingRemoved, Solve(image, new byte[64], 2, 8, 8, result).Status);
        Assert.Equal(image, result);
        byte[] all = new byte[64];
        all.AsSpan().Fill(1);
        ImputationResult outcome = Solve(image, all, 2, 8, 8, result);
        Assert.Equal((ImputationStatus.EverythingRemoved, 64), (outcome.Status, outcome.RemovedPixels));
        Assert.All(result, v => Assert.Equal(0, v));
    }

    [Fact]
    public void AConstantImageStaysConstant()
    {
        float[] image = new float[30 * 37];
        image.AsSpan().Fill(0.7f);
        float[] result = new float[image.Length];
        Solve(image, Masks.Noise(30, 37, 0.9, 1), 1, 30, 37, result);
        Assert.All(result, v => Assert.Equal(0.7f, v));
    }

    [Fact]
    public void RemovedValuesDoNotMatterNotEvenNaN()
    {
        byte[] mask = Masks.Noise(24, 24, 0.7, 1);
        float[] image = Fill.Uniform(576, 1);
        float[] poisoned = [.. image.Select((v, i) => mask[i] == 0 ? v : i % 3 == 0 ? float.NaN : i % 3 == 1 ? float.PositiveInfinity : 50)];
        float[] result = new float[576];
        Assert.Equal(ImputationStatus.Solved, Solve(poisoned, mask, 1, 24, 24, result).Status);
        Numbers.AssertClose(result, ImputationReference.Solve(image, mask, 1, 24, 24), Promised, 0);
    }

    [Fact]
    public void NaNAmongTheKnownPixelsIsReportedAndStaysInItsChannel()
    {
        byte[] mask = Masks.Noise(16, 16, 0.5, 1);
        int known = Array.IndexOf(mask, (byte)0);
        float[] image = Fill.Uniform(512, 1);
        foreach (float poison in (ReadOnlySpan<float>)[float.NaN, float.NegativeInfinity, 2e38f])
        {
            image[256 + known] = poison;
            float[] result = new float[512];
            Assert.Equal(ImputationStatus.NotConverged, Solve(image, mask, 2, 16, 16, result).Status);
            Numbers.AssertClose(result.AsSpan(0, 256), ImputationReference.Solve(image[..256], mask, 1, 16, 16), Promised, 0);
            Assert.All(Enumerable.Range(0, 256), i => Assert.Equal(mask[i] != 0 ? float.NaN : image[256 + i], result[256 + i]));
        }
    }

    [Fact]
    public void AnImageMayBeItsOwnResult()
    {
        byte[] mask = Masks.Noise(20, 20, 0.5, 1);
        float[] image = Fill.Uniform(1200, 1);
        float[] result = new float[1200];
        Solve(image, mask, 3, 20, 20, result);
        Solve(image, mask, 3, 20, 20, image);
        Assert.Equal(result, image);
    }

    protected abstract ImputationResult Solve(ReadOnlySpan<float> image, ReadOnlySpan<byte> mask, int channels, int height, int width, Span<float> result);
}
