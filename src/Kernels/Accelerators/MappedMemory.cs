using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>Page-locked memory of the host that kernels write too: what an encoder reads needs no copy.</summary>
public sealed unsafe class MappedMemory : IDisposable
{
    private readonly IDisposable _memory;
    private readonly nint _address;
    private readonly int _length;

    internal MappedMemory(IDisposable memory, nint address, int length, ArrayView<byte> view) => (_memory, _address, _length, View) = (memory, address, length, view);

    /// <summary>The host's sight of it; it does not move. What kernels wrote is there after <see cref="KernelDevice.Synchronize"/>.</summary>
    public Span<byte> Host => new((void*)_address, _length);

    /// <summary>The device's.</summary>
    public ArrayView<byte> View { get; }

    /// <summary>Frees it; neither side must use it any more.</summary>
    public void Dispose() => _memory.Dispose();
}
