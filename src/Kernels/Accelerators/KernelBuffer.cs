using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>Memory of a device.</summary>
public sealed class KernelBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly KernelDevice _device;
    private readonly IDisposable _memory;

    internal KernelBuffer(KernelDevice device, IDisposable memory, ArrayView<T> view) => (_device, _memory, View) = (device, memory, view);

    /// <summary>All of it.</summary>
    public ArrayView<T> View { get; }

    /// <summary>Elements.</summary>
    public long Length => View.Length;

    /// <summary>A copy on the host, after all work that was put on the device.</summary>
    public T[] ToArray()
    {
        T[] values = new T[View.Length];
        _device.Read(View, values);
        return values;
    }

    /// <summary>Frees it; work in flight must not use it.</summary>
    public void Dispose() => _memory.Dispose();
}
