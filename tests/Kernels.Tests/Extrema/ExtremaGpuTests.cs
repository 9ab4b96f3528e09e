using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Extrema;

public abstract class ExtremaGpuTests(TestDevice kind) : ExtremaTests, IDisposable
{
    private readonly KernelDevice _device = Devices.Require(kind);
    private MapExtremaGpu? _extrema;

    public void Dispose()
    {
        _extrema?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override bool Find(ReadOnlySpan<float> values, out float minimum, out float maximum, out bool hasNaN)
    {
        _extrema ??= new MapExtremaGpu(_device);

        // One float more: the device has no empty buffers.
        using KernelBuffer<float> deviceValues = _device.Allocate<float>([.. values, 0]);
        using KernelBuffer<float> result = _device.Allocate<float>(3);
        _extrema.Find(deviceValues.View.SubView(0, values.Length), result.View);
        float[] found = result.ToArray();
        (minimum, maximum, hasNaN) = (found[0], found[1], found[2] != 0);
        return hasNaN || float.IsInfinity(minimum) || float.IsInfinity(maximum);
    }
}
