using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Tests.Accelerators;
using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>The imputation on an accelerator.</summary>
public abstract class ImputationGpuTests(AcceleratorKind kind) : ImputationTests, IDisposable
{
    private const int Side = 12;

    private readonly AcceleratorSession _session = Devices.Require(kind);
    private LinearImputationGpu? _imputation;

    [Fact]
    public void ABatchGivesTheBitsOfItsMasksAloneWholeOrInParts()
    {
        byte[][] masks = [.. Masks.All(Side, Side).Select(m => m.Mask).Append(new byte[Side * Side]).Append(Masks.Make(Side, Side, (_, _) => true))];
        float[] image = Fill.Uniform(2 * Side * Side, 1);
        (float[] whole, ImputationResult[] outcomes) = SolveAll(Imputation, image, masks);

        // Room for about four masks: the last part is smaller than the others.
        using LinearImputationGpu small = new(_session.Accelerator) { WorkInBytes = 40_000 };
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
        using MemoryBuffer1D<float, Stride1D.Dense> floats = _session.Accelerator.Allocate1D<float>(64);
        using MemoryBuffer1D<byte, Stride1D.Dense> bytes = _session.Accelerator.Allocate1D<byte>(63);
        ImputationResult[] outcomes = new ImputationResult[1];
        ArgumentException error = Assert.Throws<ArgumentException>(() => Imputation.Solve(
            _session.Accelerator.DefaultStream, floats.View, bytes.View, 1, 8, 8, floats.View, ImputationOptions.Default, outcomes));
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

    private LinearImputationGpu Imputation => _imputation ??= new LinearImputationGpu(_session.Accelerator);

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
        using MemoryBuffer1D<float, Stride1D.Dense> deviceImage = _session.Accelerator.Allocate1D(image.ToArray());
        using MemoryBuffer1D<byte, Stride1D.Dense> deviceRemoved = _session.Accelerator.Allocate1D(removed.ToArray());
        using MemoryBuffer1D<float, Stride1D.Dense> deviceResult = _session.Accelerator.Allocate1D<float>(result.Length);
        imputation.Solve(
            _session.Accelerator.DefaultStream, deviceImage.View, deviceRemoved.View, channels, height, width, deviceResult.View, ImputationOptions.Default, outcomes);
        deviceResult.GetAsArray1D().CopyTo(result);
    }
}
