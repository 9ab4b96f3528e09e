using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Tests.Accelerators;
using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Tests.Extrema;

public abstract class ExtremaGpuTests(AcceleratorKind kind) : ExtremaTests, IDisposable
{
    private readonly AcceleratorSession _session = Devices.Require(kind);
    private MapExtremaGpu? _extrema;

    public void Dispose()
    {
        _extrema?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override bool Find(ReadOnlySpan<float> values, out float minimum, out float maximum, out bool hasNaN)
    {
        _extrema ??= new MapExtremaGpu(_session.Accelerator);

        // One float more: the accelerator has no empty buffers.
        using MemoryBuffer1D<float, Stride1D.Dense> deviceValues = _session.Accelerator.Allocate1D<float>([.. values, 0]);
        using MemoryBuffer1D<float, Stride1D.Dense> result = _session.Accelerator.Allocate1D<float>(3);
        _extrema.Find(_session.Accelerator.DefaultStream, deviceValues.View.SubView(0, values.Length), result.View);
        float[] found = result.GetAsArray1D();
        (minimum, maximum, hasNaN) = (found[0], found[1], found[2] != 0);
        return hasNaN || float.IsInfinity(minimum) || float.IsInfinity(maximum);
    }
}
