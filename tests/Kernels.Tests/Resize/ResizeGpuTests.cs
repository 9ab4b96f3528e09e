using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Resize;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Resize;

public abstract class ResizeGpuTests(TestDevice kind) : ResizeTests, IDisposable
{
    private readonly KernelDevice _device = Devices.Require(kind);
    private BilinearResizeGpu? _resize;

    public void Dispose()
    {
        _resize?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void Resize(ReadOnlySpan<float> source, int height, int width, Span<float> target, int targetHeight, int targetWidth)
    {
        _resize ??= new BilinearResizeGpu(_device);
        using KernelBuffer<float> deviceSource = _device.Allocate(source);
        using KernelBuffer<float> deviceTarget = _device.Allocate<float>(target.Length);
        _resize.Resize(deviceSource.View, height, width, deviceTarget.View, targetHeight, targetWidth);
        deviceTarget.ToArray().CopyTo(target);
    }

    protected override bool FindExtrema(ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth, out float minimum, out float maximum)
    {
        _resize ??= new BilinearResizeGpu(_device);
        using KernelBuffer<float> deviceMap = _device.Allocate(map);
        using KernelBuffer<float> result = _device.Allocate<float>(3);
        _resize.FindExtrema(deviceMap.View, height, width, targetHeight, targetWidth, result.View);
        float[] values = result.ToArray();
        (minimum, maximum) = (values[0], values[1]);
        return values[2] != 0;
    }
}
