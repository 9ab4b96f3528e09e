using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Extrema;

/// <summary><see cref="MapExtrema"/> on a device, on memory of the device: the same values.</summary>
/// <remarks>The call puts work on the device and returns; the extremes stay on the device.</remarks>
public sealed class MapExtremaGpu : IDisposable
{
    private readonly LaunchShape _shape;
    private readonly KernelBuffer<int> _state;
    private readonly Action<KernelConfig, ArrayView<int>> _start;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<int>> _add;
    private readonly Action<KernelConfig, ArrayView<int>, ArrayView<float>> _finish;

    /// <summary>Compiles the kernels for the device.</summary>
    /// <param name="device">Must outlive this object.</param>
    public MapExtremaGpu(KernelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _shape = device.Shape;
        _start = device.Load<Action<KernelConfig, ArrayView<int>>>(Resize.BilinearResizeGpuKernels.StartExtrema);
        _add = device.Load<Action<KernelConfig, ArrayView<float>, ArrayView<int>>>(MapExtremaGpuKernels.AddExtrema);
        _finish = device.Load<Action<KernelConfig, ArrayView<int>, ArrayView<float>>>(Resize.BilinearResizeGpuKernels.FinishExtrema);
        _state = device.Allocate<int>(3);
    }

    /// <summary>Finds both extremes.</summary>
    /// <param name="values">Any number of values, none included.</param>
    /// <param name="result">At least three floats: minimum, maximum (0 and 0 where every value is NaN or there is none), and 1 where a value is NaN, else 0.</param>
    /// <exception cref="ArgumentException">The result holds fewer than three floats.</exception>
    public void Find(ArrayView<float> values, ArrayView<float> result)
    {
        if (result.Length < 3)
        {
            throw new ArgumentException($"The result takes three floats; the view holds {result.Length}.", nameof(result));
        }

        KernelConfig one = new(1, _shape.WarpSize);
        _start(one, _state.View);
        if (values.Length > 0)
        {
            _add(_shape.ForElements(values.Length), values, _state.View);
        }

        _finish(one, _state.View, result);
    }

    /// <summary>Frees the work memory.</summary>
    public void Dispose() => _state.Dispose();
}
