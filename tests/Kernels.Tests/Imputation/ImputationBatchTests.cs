using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>Many masks in one call.</summary>
public sealed class ImputationBatchTests
{
    private const int Height = 33;
    private const int Width = 20;
    private const int Channels = 3;

    private static readonly byte[][] AllMasks = [.. Masks.All(Height, Width).Select(m => m.Mask)];
    private static readonly float[] Image = Fill.Uniform(Channels * Height * Width, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void GivesTheBitsOfSingleSolvesOnAnyNumberOfThreads(int threads)
    {
        float[] results = new float[AllMasks.Length * Image.Length];
        ImputationResult[] outcomes = new ImputationResult[AllMasks.Length];
        LinearImputation.SolveMany(Image, AllMasks.SelectMany(m => m).ToArray(), Channels, Height, Width, results, outcomes, ImputationOptions.Default, threads);
        float[] expected = new float[Image.Length];
        for (int i = 0; i < AllMasks.Length; i++)
        {
            Assert.Equal(LinearImputation.Solve(Image, AllMasks[i], Channels, Height, Width, expected), outcomes[i]);
            Assert.Equal(expected.AsSpan(), results.AsSpan(i * Image.Length, Image.Length));
        }
    }

    [Fact]
    public void AllocatesNothingOnceWarm()
    {
        byte[] masks = AllMasks.SelectMany(m => m).ToArray();
        float[] results = new float[AllMasks.Length * Image.Length];
        ImputationResult[] outcomes = new ImputationResult[AllMasks.Length];
        Allocations.AssertNone(
            () => LinearImputation.SolveMany(Image, masks, Channels, Height, Width, results, outcomes, ImputationOptions.Default, 2));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        ImputationResult[] outcomes = new ImputationResult[2];
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => LinearImputation.SolveMany(new float[64], new byte[64], 1, 8, 8, new float[128], outcomes, ImputationOptions.Default, 1));
        Assert.Contains("its 2 masks 128 bytes and the results 128 floats; got 64, 64 and 128", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => LinearImputation.SolveMany(new float[64], new byte[128], 1, 8, 8, new float[128], outcomes, ImputationOptions.Default, 0));
        float[] both = new float[192];
        Assert.Throws<ArgumentException>(
            () => LinearImputation.SolveMany(both.AsSpan(0, 64), new byte[128], 1, 8, 8, both.AsSpan(32, 128), outcomes, ImputationOptions.Default, 1));
    }
}
