using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>All addresses as one buffer of ILGPU's: a view of any memory is a part of it, without an object for each.</summary>
/// <remarks>It owns nothing and copies nothing.</remarks>
internal sealed class AddressSpace(Accelerator accelerator) : MemoryBuffer(accelerator, long.MaxValue, 1)
{
    /// <summary>A view of memory.</summary>
    /// <exception cref="ArgumentException">The address is no multiple of the element's size.</exception>
    public ArrayView<T> View<T>(nint address, long length)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        return address % size == 0
            ? new ArrayView<T>(this, address / size, length)
            : throw new ArgumentException($"The address 0x{address:x} is no multiple of {size}, the size of {typeof(T).Name}.", nameof(address));
    }

    /// <summary>The address of a view's first element; 0 where it has none.</summary>
    public static nint AddressOf<T>(ArrayView<T> view)
        where T : unmanaged => view.Length == 0 ? 0 : view.LoadEffectiveAddressAsPtr();

    protected override void MemSet(AcceleratorStream stream, byte value, in ArrayView<byte> targetView) => throw NotOwned();

    protected override void CopyFrom(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => throw NotOwned();

    protected override void CopyTo(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => throw NotOwned();

    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }

    private static NotSupportedException NotOwned() => new($"Memory of a device is copied and set through {nameof(KernelDevice)}.");
}
