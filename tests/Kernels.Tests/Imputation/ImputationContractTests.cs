using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Tests;

namespace CAManim.Native.Kernels.Tests.Imputation;

public sealed class ImputationContractTests
{
    /// <summary>The error that the default options promise.</summary>
    private const double Promised = 1e-4;

    [Fact]
    public void VariantsGiveTheSameBits()
    {
        foreach ((int height, int width) in new[] { (33, 47), (64, 64), (10, 9) })
        {
            foreach ((string name, byte[] mask) in Masks.All(height, width))
            {
                float[] image = Fill.Uniform(2 * height * width, 1);
                float[] expected = new float[image.Length];
                float[] result = new float[image.Length];
                ImputationResult reference = Solve(image, mask, 2, height, width, expected, KernelVariant.Vector256);
                foreach (KernelVariant variant in (ReadOnlySpan<KernelVariant>)[KernelVariant.Scalar, KernelVariant.Vector512, KernelVariant.Auto])
                {
                    Assert.Equal(reference, Solve(image, mask, 2, height, width, result, variant));
                    Assert.True(expected.AsSpan().SequenceEqual(result), $"{name} {height}x{width} {variant}");
                }
            }
        }
    }

    [Fact]
    public void AgreesWithThePythonPeer()
    {
        ReferenceTensors reference = new(SharedFiles.Require("reference/road/resnet18.imputed.safetensors"));
        ReferenceTensors inputs = new(SharedFiles.Require("reference/inputs.safetensors"));
        float[] image = inputs.Floats("both_224");
        foreach (string layer in (ReadOnlySpan<string>)["conv1", "layer4.1.relu"])
        {
            foreach (string order in (ReadOnlySpan<string>)["morf20", "lerf20", "morf80", "lerf80"])
            {
                float[] expected = reference.Floats($"{layer}.{order}");

                // What the imputation changed was removed; a removed pixel that kept its value in all channels does not occur.
                byte[] mask = Masks.Make(224, 224, (y, x) => Enumerable.Range(0, 3).Any(c => expected[(c * 50176) + (y * 224) + x] != image[(c * 50176) + (y * 224) + x]));
                float[] result = new float[image.Length];
                ImputationResult outcome = Solve(image, mask, 3, 224, 224, result, KernelVariant.Auto);
                Numbers.AssertClose(result, expected, Promised, 0, $"{layer}.{order} {outcome}");
                Assert.Equal(expected.All(v => v == 0) ? ImputationStatus.EverythingRemoved : ImputationStatus.Solved, outcome.Status);
            }
        }
    }

    [Theory]
    [InlineData(2048, 2048)]
    [InlineData(1021, 1531)]
    public void LargeImagesSatisfyTheEquations(int height, int width)
    {
        byte[] mask = Masks.Make(height, width, (y, x) => (x / 301 % 2) + (y / 203 % 2) > 0);
        float[] image = new float[height * width];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = float.Sin(i % width * 0.01f) + float.Cos(i / width * 0.013f);
        }

        float[] result = new float[image.Length];
        ImputationResult outcome = Solve(image, mask, 1, height, width, result, KernelVariant.Auto);
        Assert.Equal(ImputationStatus.Solved, outcome.Status);
        double worst = 0;
        for (int i = width + 1; i < image.Length - width - 1; i++)
        {
            int x = i % width;
            if (mask[i] == 0 || x == 0 || x == width - 1)
            {
                continue;
            }

            double beside = (double)result[i - 1] + result[i + 1] + result[i - width] + result[i + width];
            double diagonal = (double)result[i - width - 1] + result[i - width + 1] + result[i + width - 1] + result[i + width + 1];
            worst = Math.Max(worst, Math.Abs((((2 * beside) + diagonal) / 12) - result[i]));
        }

        // The residual is at most twice the error.
        Assert.True(worst <= 2 * Promised, $"{outcome}: residual {worst}");
    }

    [Fact]
    public void TheEstimateBoundsTheTrueError()
    {
        foreach (float tolerance in (ReadOnlySpan<float>)[1e-2f, 1e-3f, 1e-4f, 1e-5f])
        {
            foreach ((string name, byte[] mask) in Masks.All(24, 24))
            {
                float[] image = Fill.Uniform(576, 1);
                float[] result = new float[576];
                ImputationResult outcome = LinearImputation.Solve(
                    image, mask, 1, 24, 24, result, new ImputationOptions { Tolerance = tolerance }, new ImputationWorkspace());
                Assert.Equal(ImputationStatus.Solved, outcome.Status);
                Numbers.AssertClose(result, ImputationReference.Solve(image, mask, 1, 24, 24), tolerance, 0, $"{name} {outcome}");
            }
        }
    }

    [Fact]
    public void ATooSmallToleranceIsReportedNotHidden()
    {
        float[] image = Fill.Uniform(1024, 1, 1000, 2000);
        float[] result = new float[1024];
        ImputationResult outcome = LinearImputation.Solve(
            image, Masks.Noise(32, 32, 0.8, 1), 1, 32, 32, result, new ImputationOptions { Tolerance = 1e-9f, MaximumIterations = 5 }, new ImputationWorkspace());
        Assert.Equal((ImputationStatus.NotConverged, 5), (outcome.Status, outcome.Iterations));
        Assert.True(outcome.EstimatedError > 1e-9f);
    }

    [Fact]
    public void AllocatesNothingOnceWarm()
    {
        byte[] mask = Masks.Noise(64, 64, 0.6, 1);
        float[] image = Fill.Uniform(3 * 4096, 1);
        float[] result = new float[image.Length];
        ImputationWorkspace workspace = new();
        Allocations.AssertNone(() =>
        {
            LinearImputation.Solve(image, mask, 3, 64, 64, result, ImputationOptions.Default, workspace);
            ImputationNoise.Add(result, mask, 0.01f, new NoiseKey(1, 0, 2, 40, true));
        });
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        float[] image = new float[64];
        byte[] mask = new byte[64];
        ArgumentException error = Assert.Throws<ArgumentException>(() => LinearImputation.Solve(image, new byte[63], 1, 8, 8, new float[64]));
        Assert.Contains("64 floats and its mask 64 bytes; got an image of 64, a mask of 63", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LinearImputation.Solve(image, mask, 2, 8, 8, new float[64]));
        Assert.Throws<ArgumentException>(() => LinearImputation.Solve(image.AsSpan(0, 32), new byte[32], 1, 4, 8, image.AsSpan(1, 32)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearImputation.Solve(image, mask, 0, 8, 8, new float[64]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearImputation.Solve([], [], 1, 0, 8, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearImputation.Solve(
            image, mask, 1, 8, 8, new float[64], new ImputationOptions { Tolerance = 0 }, new ImputationWorkspace()));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearImputation.Solve(
            image, mask, 1, 8, 8, new float[64], new ImputationOptions { MaximumIterations = 0 }, new ImputationWorkspace()));
    }

    private static ImputationResult Solve(float[] image, byte[] mask, int channels, int height, int width, float[] result, KernelVariant variant) =>
        LinearImputation.Solve(image, mask, channels, height, width, result, new ImputationOptions { Variant = variant }, new ImputationWorkspace());
}
