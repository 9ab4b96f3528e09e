using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class NoiseTests
{
    private const int Count = 1_000_000;

    private static readonly NoiseKey Key = new(7, 1, 2, 40, false);

    [Fact]
    public void IsNormal()
    {
        float[] values = Draw(Key, Count);
        double mean = values.Average(v => (double)v);
        double variance = values.Average(v => v * (double)v);
        double third = values.Average(v => Math.Pow(v, 3));
        double fourth = values.Average(v => Math.Pow(v, 4));

        // Five standard errors of each moment of a normal sample of this size.
        double error = 5 / Math.Sqrt(Count);
        Assert.Equal(0, mean, error);
        Assert.Equal(1, variance, error * Math.Sqrt(2));
        Assert.Equal(0, third, error * Math.Sqrt(15));
        Assert.Equal(3, fourth, error * Math.Sqrt(96));

        // Shares below -3, -2, -1, 0, 1, 2, 3 and beyond the ziggurat's base.
        foreach ((double limit, double share) in new[]
        {
            (-3, 0.001349898), (-2, 0.022750132), (-1, 0.158655254), (0.0, 0.5), (0.5, 0.691462461), (1, 0.841344746), (2, 0.977249868), (3, 0.998650102), (3.442619855899, 0.999711911),
        })
        {
            Assert.Equal(share, values.Count(v => v < limit) / (double)Count, error * Math.Sqrt(share * (1 - share)));
        }
    }

    [Fact]
    public void EveryPartOfTheKeyCounts()
    {
        float[] reference = Draw(Key, 100);
        Assert.Equal(reference, Draw(Key, 100));
        foreach (NoiseKey other in (ReadOnlySpan<NoiseKey>)[Key with { Seed = 8 }, Key with { Trial = 2 }, Key with { Layer = 3 }, Key with { Percentile = 41 }, Key with { IsLeastFirst = true }])
        {
            float[] values = Draw(other, 100);
            Assert.True(values.Zip(reference).All(pair => pair.First != pair.Second), $"{other}");
        }
    }

    [Fact]
    public void NeighboursAndStreamsAreNotCorrelated()
    {
        float[] values = Draw(Key, Count);
        float[] other = Draw(Key with { Layer = 3 }, Count);
        double error = 5 / Math.Sqrt(Count);
        Assert.Equal(0, Enumerable.Range(0, Count - 1).Average(i => (double)values[i] * values[i + 1]), error);
        Assert.Equal(0, Enumerable.Range(0, Count - 1000).Average(i => (double)values[i] * values[i + 1000]), error * 1.001);
        Assert.Equal(0, Enumerable.Range(0, Count).Average(i => (double)values[i] * other[i]), error);
    }

    [Fact]
    public void AValueDependsOnItsPlaceNotOnTheMask()
    {
        float[] all = Draw(Key, 64);
        float[] image = Fill.Uniform(64, 1);
        float[] noisy = [.. image];
        byte[] mask = Masks.Noise(4, 8, 0.5, 1);
        ImputationNoise.Add(noisy, mask, 0.25f, Key);
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(mask[i % 32] == 0 ? image[i] : image[i] + (0.25f * all[i]), noisy[i]);
        }
    }

    [Fact]
    public void NoNoiseLeavesTheImageAlone()
    {
        float[] image = Fill.Uniform(64, 1);
        float[] copy = [.. image];
        ImputationNoise.Add(copy, Masks.Noise(8, 8, 0.5, 1), 0, Key);
        Assert.Equal(image, copy);
        ImputationNoise.Add([], [], 1, Key);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ImputationNoise.Add(new float[4], new byte[4], -1, Key));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImputationNoise.Add(new float[4], new byte[4], float.NaN, Key));
        Assert.Throws<ArgumentException>(() => ImputationNoise.Add(new float[5], new byte[4], 1, Key));
        Assert.Throws<ArgumentException>(() => ImputationNoise.Add(new float[5], [], 1, Key));
    }

    private static float[] Draw(NoiseKey key, int count)
    {
        float[] values = new float[count];
        byte[] mask = new byte[count];
        mask.AsSpan().Fill(1);
        ImputationNoise.Add(values, mask, 1, key);
        return values;
    }
}
