using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>Floats of the accelerator's memory that grow and are used again.</summary>
internal sealed class GrowingBuffer(Accelerator accelerator) : IDisposable
{
    private MemoryBuffer1D<float, Stride1D.Dense>? _buffer;

    /// <summary>The first <paramref name="count"/> floats; their content is whatever was there.</summary>
    public ArrayView<float> Take(long count)
    {
        if (_buffer is null || _buffer.Length < count)
        {
            // Work in flight may still use the old one.
            accelerator.Synchronize();
            _buffer?.Dispose();
            _buffer = null;
            _buffer = accelerator.Allocate1D<float>(count);
        }

        return _buffer.View.SubView(0, count);
    }

    public void Dispose() => _buffer?.Dispose();
}
