using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>The imputation on a device.</summary>
public abstract class ImputationGpuTests(TestDevice kind) : ImputationTests, IDisposable
{
    private const int Side = 12;

    private readonly KernelDevice _device = Devices.Require(kind);
    private LinearImputationGpu? _imputation;

    [Fact]
    public void ABatchGivesTheBitsOfItsMasksAloneWholeOrInParts()
    {
        byte[][] masks = [.. Masks.All(Side, Side).Select(m => m.Mask).Append(new byte[Side * Side]).Append(Masks.Make(Side, Side, (_, _) => true))];
        float[] image = Fill.Uniform(2 * Side * Side, 1);
        (float[] whole, ImputationResult[] outcomes) = SolveAll(Imputation, image, masks);

        // Room for about four masks: the last part is smaller than the others.
        using LinearImputationGpu small = new(_device) { WorkInBytes = 40_000 };
        (float[] parts, ImputationResult[] outcomesOfParts) = SolveAll(small, image, masks);
        Assert.Equal(outcomes, outcomesOfParts);
        Assert.Equal(whole, parts);
        foreach (int i in (ReadOnlySpan<int>)[0, masks.Length / 2, masks.Length - 2, masks.Length - 1])
        {
            (float[] single, ImputationResult[] outcome) = SolveAll(Imputation, image, [masks[i]]);
            Assert.Equal(outcomes[i], outcome[0]);
            Assert.Equal(whole.AsSpan(i * image.Length, image.Length), single.AsSpan());
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        using KernelBuffer<float> floats = _device.Allocate<float>(64);
        using KernelBuffer<byte> bytes = _device.Allocate<byte>(63);
        ImputationResult[] outcomes = new ImputationResult[1];
        ArgumentException error = Assert.Throws<ArgumentException>(() => Imputation.Solve(
            floats.View, bytes.View, 1, 8, 8, floats.View, ImputationOptions.Default, outcomes));
        Assert.Contains("its 1 masks 64 bytes and the result 64 floats; got 64, 63 and 64", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _imputation?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override ImputationResult Solve(
        ReadOnlySpan<float> image, ReadOnlySpan<byte> mask, int channels, int height, int width, Span<float> result)
    {
        ImputationResult[] outcomes = new ImputationResult[1];
        Solve(Imputation, image, mask, channels, height, width, result, outcomes);
        return outcomes[0];
    }

    private LinearImputationGpu Imputation => _imputation ??= new LinearImputationGpu(_device);

    private (float[] Result, ImputationResult[] Outcomes) SolveAll(LinearImputationGpu imputation, float[] image, byte[][] masks)
    {
        float[] result = new float[masks.Length * image.Length];
        ImputationResult[] outcomes = new ImputationResult[masks.Length];
        Solve(imputation, image, masks.SelectMany(m => m).ToArray(), 2, Side, Side, result, outcomes);
        return (result, outcomes);
    }

    private void Solve(
        LinearImputationGpu imputation,
        ReadOnlySpan<float> image,
        ReadOnlySpan<byte> removed,
        int channels,
        int height,
        int width,
        Span<float> result,
        Span<ImputationResult> outcomes)
    {
        using KernelBuffer<float> deviceImage = _device.Allocate(image);
        using KernelBuffer<byte> deviceRemoved = _device.Allocate(removed);
        using KernelBuffer<float> deviceResult = _device.Allocate<float>(result.Length);
        imputation.Solve(
            deviceImage.View, deviceRemoved.View, channels, height, width, deviceResult.View, ImputationOptions.Default, outcomes);
        deviceResult.ToArray().CopyTo(result);
    }
}
