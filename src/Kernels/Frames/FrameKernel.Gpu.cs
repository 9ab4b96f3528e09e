using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Frames;

/// <summary><see cref="FrameKernel"/> on a device, on memory of the device, for one panel (picture, colours, alpha) of one video.</summary>
/// <remarks>
/// <para>Definition and rules are those of the CPU variants. Everything after the colour's index is in integers and equal to the bit; the index comes from
/// float32, which the device may fuse or round by itself, so a pixel whose value lies within 1e-6 of a step between two colours may take the neighbouring one.</para>
/// <para>Calls put work on the device and return. Not safe for several threads at once.</para>
/// </remarks>
public sealed class FrameKernelGpu : IDisposable
{
    private readonly KernelDevice _device;
    private readonly LaunchShape _shape;
    private readonly FramePanel _panel;
    private readonly KernelBuffer<uint> _image;
    private readonly KernelBuffer<uint> _table;
    private readonly Dictionary<(int Length, int MapLength), FrameGpuAxis> _axes = [];
    private readonly Action<KernelConfig, FrameGpuScene, FrameGpuPlanes> _compose;
    private readonly FrameGpuDrawing _drawing;

    /// <summary>Compiles the kernel and copies the panel.</summary>
    /// <param name="device">Must outlive this object.</param>
    /// <param name="panel">Picture, colours and alpha.</param>
    public FrameKernelGpu(KernelDevice device, FramePanel panel)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(panel);
        (_device, _panel) = (device, panel);
        _shape = device.Shape;
        _compose = device.Load<Action<KernelConfig, FrameGpuScene, FrameGpuPlanes>>(FrameKernelGpuKernels.Compose);
        _image = device.Allocate<uint>(panel.Image);
        _table = device.Allocate<uint>(panel.Table);
        _drawing = new FrameGpuDrawing(device);
    }

    /// <summary>Draws the map at every place and the captions.</summary>
    /// <param name="target">Where to draw.</param>
    /// <param name="map">[height,width]; values that are not finite count as 0.</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="places">Where in the frame, each with its own normalisation. May be empty.</param>
    /// <param name="captions">May be empty.</param>
    /// <exception cref="ArgumentException">A place or caption leaves the frame, or starts at an odd row or column of a 4:2:0 frame; the view does not hold height·width floats.</exception>
    public void Compose(
        in FrameGpuPlanes target,
        ArrayView<float> map,
        int height,
        int width,
        ReadOnlySpan<FramePlace> places,
        ReadOnlySpan<FrameCaption> captions)
    {
        FrameMap.Check(map.Length, height, width);
        foreach (ref readonly FramePlace place in places)
        {
            FrameKernel.CheckPlace(target.Format, target.Width, target.Height, place.X, place.Y, _panel.Width, _panel.Height);
        }

        foreach (ref readonly FrameCaption caption in captions)
        {
            FrameKernel.CheckPlace(target.Format, target.Width, target.Height, caption.X, caption.Y, caption.Width, caption.Height);
        }

        FrameGpuAxis columns = Axis(_panel.Width, width);
        FrameGpuAxis rows = Axis(_panel.Height, height);
        FrameGpuScene scene = new()
        {
            Map = map,
            MapHeight = height,
            MapWidth = width,
            Image = _image.View,
            Table = _table.View,
            Left = columns.First,
            Across = columns.Share,
            Top = rows.First,
            Down = rows.Share,
            Width = _panel.Width,
            Height = _panel.Height,
            Weight = _panel.Weight,
        };
        _drawing.Fill(ref scene, places, captions);
        if (scene.Squares > 0)
        {
            _compose(_shape.ForElements(scene.Squares), scene, target);
        }
    }

    /// <summary>Frees the panel, the tables and the work memory.</summary>
    public void Dispose()
    {
        _image.Dispose();
        _table.Dispose();
        _drawing.Dispose();
        foreach (FrameGpuAxis axis in _axes.Values)
        {
            axis.Dispose();
        }
    }

    private FrameGpuAxis Axis(int length, int mapLength)
    {
        if (!_axes.TryGetValue((length, mapLength), out FrameGpuAxis? axis))
        {
            axis = new FrameGpuAxis(_device, length, mapLength);
            _axes.Add((length, mapLength), axis);
        }

        return axis;
    }
}
