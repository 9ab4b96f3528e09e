using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Reduction;

/// <summary>A contiguous tensor that lies on a device, seen where it lies.</summary>
public readonly struct DeviceTensor
{
    /// <summary>Looks at memory that something else owns.</summary>
    /// <param name="device">Where it lies.</param>
    /// <param name="address">Its first element.</param>
    /// <param name="count">Elements.</param>
    /// <param name="type">What they are.</param>
    /// <exception cref="ArgumentException">The address is not of the device.</exception>
    public DeviceTensor(KernelDevice device, nint address, long count, ElementType type)
        : this((device ?? throw new ArgumentNullException(nameof(device))).View<byte>(address, count * SizeOf(type)), type)
    {
    }

    /// <summary>Looks at memory of a device.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="type">What it holds.</param>
    public DeviceTensor(ArrayView<byte> bytes, ElementType type)
    {
        (Bytes, Type, Count) = (bytes, type, bytes.Length / SizeOf(type));
        IsWide = AddressSpace.AddressOf(bytes) % (4 * SizeOf(type)) == 0;
    }

    /// <summary>All of it.</summary>
    public ArrayView<byte> Bytes { get; }

    /// <summary>What the elements are.</summary>
    public ElementType Type { get; }

    /// <summary>How many there are.</summary>
    public long Count { get; }

    /// <summary>Whether four elements can be loaded at once, because the first lies at a multiple of their size.</summary>
    internal bool IsWide { get; }

    /// <summary>A part of it.</summary>
    /// <param name="first">The first element.</param>
    /// <param name="count">Elements.</param>
    internal ArrayView<T> Part<T>(long first, long count)
        where T : unmanaged => Bytes.SubView(first * SizeOf(Type), count * SizeOf(Type)).Cast<T>();

    private static int SizeOf(ElementType type) => type == ElementType.Float32 ? sizeof(float) : sizeof(ushort);
}
