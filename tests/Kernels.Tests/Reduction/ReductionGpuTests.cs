using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Tests.Accelerators;
using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Tests.Reduction;

public abstract class ReductionGpuTests(AcceleratorKind kind) : ReductionTests, IDisposable
{
    private readonly AcceleratorSession _session = Devices.Require(kind);
    private MapReductionGpu? _reduction;

    public void Dispose()
    {
        _reduction?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void Reduce(Weighting weighting, ReadOnlySpan<float> a, ReadOnlySpan<float> g, int channels, Span<float> map)
    {
        _reduction ??= new MapReductionGpu(_session.Accelerator);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceA = Copy(a);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceG = Copy(g);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceMap = Copy(map);
        AcceleratorStream stream = _session.Accelerator.DefaultStream;
        _reduction.Reduce(stream, weighting, deviceA.View.SubView(0, a.Length), deviceG.View.SubView(0, g.Length), channels, deviceMap.View.SubView(0, map.Length));
        deviceMap.GetAsArray1D().AsSpan(0, map.Length).CopyTo(map);
    }

    protected override void WeightedSum(ReadOnlySpan<float> a, ReadOnlySpan<float> weights, Span<float> map)
    {
        _reduction ??= new MapReductionGpu(_session.Accelerator);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceA = Copy(a);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceWeights = Copy(weights);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceMap = Copy(map);
        AcceleratorStream stream = _session.Accelerator.DefaultStream;
        _reduction.WeightedSum(stream, deviceA.View.SubView(0, a.Length), deviceWeights.View.SubView(0, weights.Length), deviceMap.View.SubView(0, map.Length));
        deviceMap.GetAsArray1D().AsSpan(0, map.Length).CopyTo(map);
    }

    // One float more: the accelerator has no empty buffers.
    private MemoryBuffer1D<float, Stride1D.Dense> Copy(ReadOnlySpan<float> values) => _session.Accelerator.Allocate1D<float>([.. values, 0]);
}
