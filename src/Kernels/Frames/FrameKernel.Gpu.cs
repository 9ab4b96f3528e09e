using CAManim.Native.Kernels.Accelerators;
using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Frames;

/// <summary><see cref="FrameKernel"/> on an accelerator, on buffers of the accelerator, for one panel (picture, colours, alpha) of one video.</summary>
/// <remarks>
/// <para>Definition and rules are those of the CPU variants. Everything after the colour's index is in integers and equal to the bit; the index comes from
/// float32, which the device may fuse or round by itself, so a pixel whose value lies within 1e-6 of a step between two colours may take the neighbouring one.</para>
/// <para>Calls put work on the stream and return. Not safe for several threads at once.</para>
/// </remarks>
public sealed class FrameKernelGpu : IDisposable
{
    private readonly Accelerator _accelerator;
    private readonly LaunchShape _shape;
    private readonly FramePanel _panel;
    private readonly MemoryBuffer1D<uint, Stride1D.Dense> _image;
    private readonly MemoryBuffer1D<uint, Stride1D.Dense> _table;
    private readonly Dictionary<(int Length, int MapLength), FrameGpuAxis> _axes = [];
    private readonly Action<AcceleratorStream, KernelConfig, FrameGpuScene, FrameGpuPlanes> _compose;
    private readonly FrameGpuDrawing _drawing;

    /// <summary>Compiles the kernel and copies the panel.</summary>
    /// <param name="accelerator">Must outlive this object.</param>
    /// <param name="panel">Picture, colours and alpha.</param>
    public FrameKernelGpu(Accelerator accelerator, FramePanel panel)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        ArgumentNullException.ThrowIfNull(panel);
        (_accelerator, _panel) = (accelerator, panel);
        _shape = new LaunchShape(accelerator);
        _compose = accelerator.LoadKernel<FrameGpuScene, FrameGpuPlanes>(FrameKernelGpuKernels.Compose);
        _image = accelerator.Allocate1D(panel.Image);
        _table = accelerator.Allocate1D(panel.Table);
        _drawing = new FrameGpuDrawing(accelerator);
    }

    /// <summary>Draws the map at every place and the captions.</summary>
    /// <param name="stream">Where the work is put.</param>
    /// <param name="target">Where to draw.</param>
    /// <param name="map">[height,width]; values that are not finite count as 0.</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="places">Where in the frame, each with its own normalisation. May be empty.</param>
    /// <param name="captions">May be empty.</param>
    /// <exception cref="ArgumentException">A place or caption leaves the frame, or starts at an odd row or column of a 4:2:0 frame; the view does not hold height·width floats.</exception>
    public void Compose(
        AcceleratorStream stream,
        in FrameGpuPlanes target,
        ArrayView<float> map,
        int height,
        int width,
        ReadOnlySpan<FramePlace> places,
        ReadOnlySpan<FrameCaption> captions)
    {
        ArgumentNullException.ThrowIfNull(stream);
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
        _drawing.Fill(stream, ref scene, places, captions);
        if (scene.Squares > 0)
        {
            _compose(stream, _shape.ForElements(scene.Squares), scene, target);
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
            axis = new FrameGpuAxis(_accelerator, length, mapLength);
            _axes.Add((length, mapLength), axis);
        }

        return axis;
    }
}
