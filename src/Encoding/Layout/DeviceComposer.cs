using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Layout;

/// <summary>Draws the maps of one video's frames on a device, into memory that device and encoder share.</summary>
internal sealed class DeviceComposer : IDisposable
{
    private readonly KernelDevice _device;
    private readonly FrameKernelGpu _kernel;
    private readonly KernelBuffer<float> _map;

    /// <param name="device">Must outlive this object.</param>
    /// <param name="panel">The video's.</param>
    /// <param name="largestMap">Pixels of the largest map.</param>
    public DeviceComposer(KernelDevice device, FramePanel panel, int largestMap)
    {
        _device = device;
        _kernel = new FrameKernelGpu(device, panel);
        _map = device.Allocate<float>(largestMap);
    }

    /// <summary>Draws, and waits until it is drawn: what follows on the host draws over it.</summary>
    public void Compose(in FrameGpuPlanes target, LayerMap layer, ReadOnlySpan<FramePlace> places, ReadOnlySpan<FrameCaption> captions)
    {
        ILGPU.ArrayView<float> map = _map.View.SubView(0, layer.Map.Length);
        _device.Write(layer.Map.Span, map);
        _kernel.Compose(target, map, layer.Height, layer.Width, places, captions);
        _device.Synchronize();
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _map.Dispose();
    }
}
