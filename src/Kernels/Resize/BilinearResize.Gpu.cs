using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using ILGPU;

namespace CAManim.Native.Kernels.Resize;

/// <summary><see cref="BilinearResize"/> and <see cref="ResizedExtrema"/> on a device, on memory of the device.</summary>
/// <remarks>
/// <para>Definition and the rules for NaN and infinity are those of the CPU variants. The device may round each step by itself or fuse it:
/// values agree to 1e-6 of the map's magnitude, not to the bit.</para>
/// <para>Checked on ILGPU's emulator and as PTX; not yet measured on a card.</para>
/// <para>Calls put work on the device and return; the extremes stay on the device. Tables of a pair of sizes are kept once made.</para>
/// </remarks>
public sealed class BilinearResizeGpu : IDisposable
{
    private readonly KernelDevice _device;
    private readonly LaunchShape _shape;
    private readonly Dictionary<(int Height, int Width, int TargetHeight, int TargetWidth), ResizeTablesGpu> _tables = [];
    private readonly KernelBuffer<int> _state;
    private readonly Action<KernelConfig, ArrayView<float>, int, ResizeTables, int, ArrayView<float>> _stretch;
    private readonly Action<KernelConfig, ArrayView<int>> _start;
    private readonly Action<KernelConfig, ArrayView<float>, int, ResizeTables, int, int, ArrayView<int>> _add;
    private readonly Action<KernelConfig, ArrayView<int>, ArrayView<float>> _finish;

    /// <summary>Compiles the kernels for the device.</summary>
    /// <param name="device">Must outlive this object.</param>
    public BilinearResizeGpu(KernelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _device = device;
        _shape = device.Shape;
        _stretch = device.Load<Action<KernelConfig, ArrayView<float>, int, ResizeTables, int, ArrayView<float>>>(BilinearResizeGpuKernels.Stretch);
        _start = device.Load<Action<KernelConfig, ArrayView<int>>>(BilinearResizeGpuKernels.StartExtrema);
        _add = device.Load<Action<KernelConfig, ArrayView<float>, int, ResizeTables, int, int, ArrayView<int>>>(BilinearResizeGpuKernels.AddExtrema);
        _finish = device.Load<Action<KernelConfig, ArrayView<int>, ArrayView<float>>>(BilinearResizeGpuKernels.FinishExtrema);
        _state = device.Allocate<int>(3);
    }

    /// <summary>Resizes.</summary>
    /// <param name="source">[height,width].</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="target">[targetHeight,targetWidth], overwritten.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">A view does not hold height·width floats.</exception>
    public void Resize(ArrayView<float> source, int height, int width, ArrayView<float> target, int targetHeight, int targetWidth)
    {
        BilinearResize.Check(source.IntLength, height, width, nameof(source));
        BilinearResize.Check(target.IntLength, targetHeight, targetWidth, nameof(target));
        _stretch(_shape.ForElements(target.Length), source, width, Tables(height, width, targetHeight, targetWidth), targetWidth, target);
    }

    /// <summary>Finds minimum and maximum of max(map, 0) after resize.</summary>
    /// <param name="map">[height,width].</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <param name="result">At least three floats: minimum, maximum, and 1 where max(map, 0) holds NaN or infinity, else 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The map does not hold height·width floats, or the result fewer than three.</exception>
    public void FindExtrema(ArrayView<float> map, int height, int width, int targetHeight, int targetWidth, ArrayView<float> result)
    {
        BilinearResize.Check(map.IntLength, height, width, nameof(map));
        ArgumentOutOfRangeException.ThrowIfLessThan(targetHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetWidth, 1);
        if (result.Length < 3)
        {
            throw new ArgumentException($"The result takes three floats; the view holds {result.Length}.", nameof(result));
        }

        int pixels = checked(targetHeight * targetWidth);
        ResizeTables tables = Tables(height, width, targetHeight, targetWidth);
        KernelConfig one = new(1, _shape.WarpSize);
        _start(one, _state.View);
        _add(_shape.ForElements(pixels), map, width, tables, targetWidth, pixels, _state.View);
        _finish(one, _state.View, result);
    }

    /// <summary>Adds minimum and maximum of max(map, 0) after resize to a slot.</summary>
    /// <param name="map">[height,width].</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <param name="slots">Where extremes are gathered.</param>
    /// <param name="slot">Which slot.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The map does not hold height·width floats.</exception>
    public void AddExtrema(ArrayView<float> map, int height, int width, int targetHeight, int targetWidth, ExtremaSlots slots, int slot)
    {
        ArgumentNullException.ThrowIfNull(slots);
        BilinearResize.Check(map.IntLength, height, width, nameof(map));
        ArgumentOutOfRangeException.ThrowIfLessThan(targetHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetWidth, 1);
        int pixels = checked(targetHeight * targetWidth);
        _add(_shape.ForElements(pixels), map, width, Tables(height, width, targetHeight, targetWidth), targetWidth, pixels, slots.Slot(slot));
    }

    /// <summary>Frees tables and work memory.</summary>
    public void Dispose()
    {
        _state.Dispose();
        foreach (ResizeTablesGpu tables in _tables.Values)
        {
            tables.Dispose();
        }
    }

    private ResizeTables Tables(int height, int width, int targetHeight, int targetWidth)
    {
        if (!_tables.TryGetValue((height, width, targetHeight, targetWidth), out ResizeTablesGpu? tables))
        {
            tables = new ResizeTablesGpu(_device, height, width, targetHeight, targetWidth);
            _tables.Add((height, width, targetHeight, targetWidth), tables);
        }

        return tables.Views;
    }
}
