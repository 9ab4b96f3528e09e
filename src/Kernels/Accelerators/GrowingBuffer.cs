using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>Memory of a device that grows and is used again.</summary>
internal sealed class GrowingBuffer<T>(KernelDevice device) : IDisposable
    where T : unmanaged
{
    private KernelBuffer<T>? _buffer;

    /// <summary>The first <paramref name="count"/> elements; their content is whatever was there.</summary>
    public ArrayView<T> Take(long count)
    {
        if (_buffer is null || _buffer.Length < count)
        {
            // Work in flight may still use the old one.
            device.Synchronize();
            _buffer?.Dispose();
            _buffer = null;
            _buffer = device.Allocate<T>(long.Max(1, count));
        }

        return _buffer.View.SubView(0, count);
    }

    public void Dispose() => _buffer?.Dispose();
}
