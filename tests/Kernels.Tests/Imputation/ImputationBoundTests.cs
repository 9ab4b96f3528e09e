using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Tests;

namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>The proven bound of the error.</summary>
public sealed class ImputationBoundTests
{
    private const float Tolerance = 1e-4f;

    // The reference itself: conjugate gradients to 1e-14, rounded to float32.
    private const double ReferenceError = 3e-7;

    private readonly ImputationWorkspace _workspace = new();

    [Fact]
    public void NoErrorExceedsTheBoundOverThousandsOfMasks()
    {
        Random random = new(11);
        for (int i = 0; i < 2000; i++)
        {
            (int height, int width) = (random.Next(2, 15), random.Next(2, 15));
            AssertBound(RandomMask(random, height, width), height, width, i);
        }
    }

    [Theory]
    [InlineData(9, 13)]
    [InlineData(33, 40)]
    public void NoErrorExceedsTheBoundOnMasksOfEveryKind(int height, int width)
    {
        foreach ((string name, byte[] mask) in Masks.All(height, width))
        {
            AssertBound(mask, height, width, name);
        }
    }

    [Fact]
    public void OnePixelKeptOfALargeImageIsGuaranteedToo()
    {
        byte[] mask = Masks.Make(224, 224, (y, x) => y != 3 || x != 7);
        ImputationResult outcome = Solve(Fill.Uniform(224 * 224, 1), mask, 224, 224, out float[] result);
        Assert.True(outcome.ErrorBound <= Tolerance, $"{outcome}");

        // All pixels take the only known value.
        Numbers.AssertClose(result, Enumerable.Repeat(result[(3 * 224) + 7], result.Length).ToArray(), outcome.ErrorBound, 0, $"{outcome}");
    }

    [Fact]
    public void WhatIsNotAskedForOrCannotBeIsInfinite()
    {
        byte[] mask = Masks.Noise(16, 16, 0.5, 1);
        float[] image = Fill.Uniform(256, 1);
        float[] result = new float[256];
        Assert.Equal(float.PositiveInfinity, LinearImputation.Solve(image, mask, 1, 16, 16, result).ErrorBound);
        image[Array.IndexOf(mask, (byte)0)] = float.NaN;
        ImputationResult outcome = Solve(image, mask, 16, 16, out _);
        Assert.Equal((ImputationStatus.NotConverged, float.PositiveInfinity), (outcome.Status, outcome.ErrorBound));
        Assert.Equal(0, Solve(Fill.Uniform(256, 1), new byte[256], 16, 16, out _).ErrorBound);
    }

    [Theory]
    [InlineData(37, 50)]
    [InlineData(64, 48)]
    public void EveryVariantGivesTheSameBitsAndTheSameBound(int height, int width)
    {
        float[] image = Fill.Uniform(height * width, 1);
        foreach ((string name, byte[] mask) in Masks.All(height, width))
        {
            ImputationResult first = Solve(image, mask, height, width, out float[] expected, KernelVariant.Scalar);
            foreach (KernelVariant variant in (ReadOnlySpan<KernelVariant>)[KernelVariant.Vector256, KernelVariant.Vector512])
            {
                Assert.Equal(first, Solve(image, mask, height, width, out float[] result, variant));
                Assert.True(MemoryMarshal.AsBytes<float>(expected).SequenceEqual(MemoryMarshal.AsBytes<float>(result)), $"{name} {variant}");
            }
        }
    }

    [Fact]
    public void AllocatesNothingOnceWarm()
    {
        byte[] mask = Masks.Noise(32, 32, 0.6, 1);
        float[] image = Fill.Uniform(1024, 1);
        float[] result = new float[1024];
        ImputationOptions options = new() { IsGuaranteed = true };
        Allocations.AssertNone(() => LinearImputation.Solve(image, mask, 1, 32, 32, result, options, _workspace));
    }

    private void AssertBound(byte[] mask, int height, int width, object name)
    {
        if (mask.All(m => m != 0) || mask.All(m => m == 0))
        {
            return;
        }

        float[] image = Fill.Uniform(height * width, 1);
        ImputationResult outcome = Solve(image, mask, height, width, out float[] result);
        Assert.True(outcome.Status == ImputationStatus.Solved && outcome.ErrorBound <= Tolerance, $"{name}: {outcome}");
        Numbers.AssertClose(result, ImputationReference.Solve(image, mask, 1, height, width), outcome.ErrorBound + ReferenceError, 0, $"{name} {height}x{width} {outcome}");
    }

    private ImputationResult Solve(float[] image, byte[] mask, int height, int width, out float[] result, KernelVariant variant = KernelVariant.Auto)
    {
        result = new float[image.Length];
        ImputationOptions options = new() { Tolerance = Tolerance, IsGuaranteed = true, Variant = variant };
        return LinearImputation.Solve(image, mask, 1, height, width, result, options, _workspace);
    }

    // Noise of any density, blocks, stripes, and steps of a smooth wave.
    private static byte[] RandomMask(Random random, int height, int width)
    {
        double share = random.NextDouble();
        (int a, int b) = (random.Next(1, 6), random.Next(1, 6));
        (double p, double q) = (random.NextDouble(), random.NextDouble());
        byte[] mask = random.Next(4) switch
        {
            0 => Masks.Make(height, width, (_, _) => random.NextDouble() < share),
            1 => Masks.Make(height, width, (y, x) => ((y / a) + (x / b)) % 2 == 0),
            2 => Masks.Make(height, width, (y, x) => ((y * a) + (x * b)) % (a + b) != 0),
            _ => Masks.Make(height, width, (y, x) => Math.Sin((y * p) + (x * q)) < (2 * share) - 1),
        };
        mask[random.Next(mask.Length)] = 0;
        return mask;
    }
}
