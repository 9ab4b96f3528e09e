using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Reduction;

public abstract class ReductionGpuTests(TestDevice kind) : ReductionTests, IDisposable
{
    private readonly KernelDevice _device = Devices.Require(kind);
    private MapReductionGpu? _reduction;

    public void Dispose()
    {
        _reduction?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void Reduce(Weighting weighting, ReadOnlySpan<float> a, ReadOnlySpan<float> g, int channels, Span<float> map)
    {
        _reduction ??= new MapReductionGpu(_device);
        using KernelBuffer<float> deviceA = Copy(a);
        using KernelBuffer<float> deviceG = Copy(g);
        using KernelBuffer<float> deviceMap = Copy(map);
        _reduction.Reduce(weighting, deviceA.View.SubView(0, a.Length), deviceG.View.SubView(0, g.Length), channels, deviceMap.View.SubView(0, map.Length));
        deviceMap.ToArray().AsSpan(0, map.Length).CopyTo(map);
    }

    protected override void WeightedSum(ReadOnlySpan<float> a, ReadOnlySpan<float> weights, Span<float> map)
    {
        _reduction ??= new MapReductionGpu(_device);
        using KernelBuffer<float> deviceA = Copy(a);
        using KernelBuffer<float> deviceWeights = Copy(weights);
        using KernelBuffer<float> deviceMap = Copy(map);
        _reduction.WeightedSum(deviceA.View.SubView(0, a.Length), deviceWeights.View.SubView(0, weights.Length), deviceMap.View.SubView(0, map.Length));
        deviceMap.ToArray().AsSpan(0, map.Length).CopyTo(map);
    }

    // One float more: the device has no empty buffers.
    private KernelBuffer<float> Copy(ReadOnlySpan<float> values) => _device.Allocate<float>([.. values, 0]);
}
