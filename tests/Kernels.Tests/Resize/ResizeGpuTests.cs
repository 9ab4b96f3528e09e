using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Resize;
using CAManim.Native.Kernels.Tests.Accelerators;
using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Tests.Resize;

public abstract class ResizeGpuTests(AcceleratorKind kind) : ResizeTests, IDisposable
{
    private readonly AcceleratorSession _session = Devices.Require(kind);
    private BilinearResizeGpu? _resize;

    public void Dispose()
    {
        _resize?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void Resize(ReadOnlySpan<float> source, int height, int width, Span<float> target, int targetHeight, int targetWidth)
    {
        _resize ??= new BilinearResizeGpu(_session.Accelerator);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceSource = _session.Accelerator.Allocate1D<float>([.. source]);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceTarget = _session.Accelerator.Allocate1D<float>(target.Length);
        _resize.Resize(_session.Accelerator.DefaultStream, deviceSource.View, height, width, deviceTarget.View, targetHeight, targetWidth);
        deviceTarget.GetAsArray1D().CopyTo(target);
    }

    protected override bool FindExtrema(ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth, out float minimum, out float maximum)
    {
        _resize ??= new BilinearResizeGpu(_session.Accelerator);
        using MemoryBuffer1D<float, Stride1D.Dense> deviceMap = _session.Accelerator.Allocate1D<float>([.. map]);
        using MemoryBuffer1D<float, Stride1D.Dense> result = _session.Accelerator.Allocate1D<float>(3);
        _resize.FindExtrema(_session.Accelerator.DefaultStream, deviceMap.View, height, width, targetHeight, targetWidth, result.View);
        float[] values = result.GetAsArray1D();
        (minimum, maximum) = (values[0], values[1]);
        return values[2] != 0;
    }
}
