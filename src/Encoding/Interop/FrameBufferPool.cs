using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Interop;

/// <summary>The frames of one video that are not in use. Grows to what composer and encoder hold together, then allocates no more.</summary>
internal sealed class FrameBufferPool(FrameFormat format, int width, int height, bool isIndexed, KernelDevice? device = null) : IFramePool
{
    private readonly Lock _lock = new();
    private readonly Stack<FrameBuffer> _free = new(16);
    private bool _isDisposed;

    /// <summary>How many buffers were made so far.</summary>
    public int Count { get; private set; }

    IFrameMemory IFramePool.Rent() => Rent();

    public FrameBuffer Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_free.TryPop(out FrameBuffer? buffer))
            {
                return buffer;
            }

            Count++;
        }

        return new FrameBuffer(this, format, width, height, isIndexed, device);
    }

    public void Return(FrameBuffer buffer)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _free.Push(buffer);
                return;
            }
        }

        buffer.Free();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            while (_free.TryPop(out FrameBuffer? buffer))
            {
                buffer.Free();
            }
        }
    }
}
