using CAManim.Native.Kernels.Accelerators;
using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Extrema;

/// <summary><see cref="MapExtrema"/> on an accelerator, on buffers of the accelerator: the same values.</summary>
/// <remarks>The call puts work on the stream and returns; the extremes stay on the device.</remarks>
public sealed class MapExtremaGpu : IDisposable
{
    private readonly LaunchShape _shape;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _state;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<int>> _start;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<float>, ArrayView<int>> _add;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<int>, ArrayView<float>> _finish;

    /// <summary>Compiles the kernels for the accelerator.</summary>
    /// <param name="accelerator">Must outlive this object.</param>
    public MapExtremaGpu(Accelerator accelerator)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        _shape = new LaunchShape(accelerator);
        _start = accelerator.LoadKernel<ArrayView<int>>(Resize.BilinearResizeGpuKernels.StartExtrema);
        _add = accelerator.LoadKernel<ArrayView<float>, ArrayView<int>>(MapExtremaGpuKernels.AddExtrema);
        _finish = accelerator.LoadKernel<ArrayView<int>, ArrayView<float>>(Resize.BilinearResizeGpuKernels.FinishExtrema);
        _state = accelerator.Allocate1D<int>(3);
    }

    /// <summary>Finds both extremes.</summary>
    /// <param name="stream">Where the work is put.</param>
    /// <param name="values">Any number of values, none included.</param>
    /// <param name="result">At least three floats: minimum, maximum (0 and 0 where every value is NaN or there is none), and 1 where a value is NaN, else 0.</param>
    /// <exception cref="ArgumentException">The result holds fewer than three floats.</exception>
    public void Find(AcceleratorStream stream, ArrayView<float> values, ArrayView<float> result)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (result.Length < 3)
        {
            throw new ArgumentException($"The result takes three floats; the view holds {result.Length}.", nameof(result));
        }

        KernelConfig one = new(1, _shape.WarpSize);
        _start(stream, one, _state.View);
        if (values.Length > 0)
        {
            _add(stream, _shape.ForElements(values.Length), values, _state.View);
        }

        _finish(stream, one, _state.View, result);
    }

    /// <summary>Frees the work memory.</summary>
    public void Dispose() => _state.Dispose();
}
