using System.Runtime.InteropServices;

namespace CAManim.Native.Models.Weights;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Shape">Dimensions; empty for a scalar.</param>
/// <param name="Type">Element type.</param>
/// <param name="Bytes">Elements, row-major, little-endian.</param>
public sealed record SafeTensor(string Name, IReadOnlyList<int> Shape, WeightType Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Copies float32 values.</summary>
    /// <param name="name">The key.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="values">Elements, row-major.</param>
    public static SafeTensor Of(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> values) =>
        new(name, shape, WeightType.Float32, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Copies float16 values.</summary>
    /// <param name="name">The key.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="values">Elements, row-major.</param>
    public static SafeTensor Of(string name, IReadOnlyList<int> shape, ReadOnlySpan<Half> values) =>
        new(name, shape, WeightType.Float16, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Keeps bytes.</summary>
    /// <param name="name">The key.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="values">Elements, row-major.</param>
    public static SafeTensor Of(string name, IReadOnlyList<int> shape, ReadOnlyMemory<byte> values) => new(name, shape, WeightType.UInt8, values);
}
