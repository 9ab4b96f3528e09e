using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Format;

/// <summary>
/// A constant tensor of the file. Its elements become one of three types: floating ones float32, integers int64, and bool.
/// Its values stay in the file's buffer until <see cref="ToTorch"/>.
/// </summary>
internal sealed class OnnxTensor
{
    private List<long>? _shape;
    private List<float>? _floats;
    private List<long>? _integers;

    public string Name { get; set; } = "";

    public int Type { get; set; }

    public List<long> Shape => _shape ??= [];

    public ReadOnlyMemory<byte>? Raw { get; set; }

    /// <summary>float_data or double_data.</summary>
    public List<float> Floats => _floats ??= [];

    /// <summary>int32_data, int64_data or uint64_data.</summary>
    public List<long> Integers => _integers ??= [];

    /// <summary>Where the values lie outside of the file; null: they are inside.</summary>
    public ExternalPlace? External { get; set; }

    /// <summary>Makes a tensor of its values.</summary>
    /// <param name="files">Files beside the ONNX file; null: all values must be inside.</param>
    public Tensor ToTorch(ExternalFiles? files = null)
    {
        int size = OnnxElement.Size(Type);
        if (size == 0)
        {
            throw new OnnxException($"tensor '{Name}' has the element type {Type}; read are floating types, integers and bool. Export the network in float32");
        }

        long count = CountElements();
        ReadOnlyMemory<byte>? given = Raw;
        if (External is { } place)
        {
            given = (files ?? throw new OnnxException($"tensor '{Name}' keeps its values in another file, where only weights may be")).Read(Name, place, count * size);
        }

        long there = given is { } raw ? raw.Length / size : Floats.Count + (long)Integers.Count;
        if (count != there || (given is { } bytes && bytes.Length % size != 0))
        {
            throw new OnnxException($"damaged: tensor '{Name}' [{Sizes.Show(Shape)}] needs {count} elements and has {there}");
        }

        return Fill(count, given);
    }

    private long CountElements()
    {
        long count = 1;
        foreach (long extent in Shape)
        {
            if (extent < 0 || Shape.Count > Sizes.MostDimensions || count > int.MaxValue / Math.Max(1, extent))
            {
                throw new OnnxException($"damaged: tensor '{Name}' has the shape [{Sizes.Show(Shape)}]");
            }

            // Extents of 0 count as 1: the others must not overflow where a shape is taken apart.
            count *= Math.Max(1, extent);
        }

        return Shape.Contains(0) ? 0 : count;
    }

    private Tensor Fill(long count, ReadOnlyMemory<byte>? given)
    {
        ScalarType type = OnnxElement.IsFloating(Type) ? ScalarType.Float32 : Type == OnnxElement.Bool ? ScalarType.Bool : ScalarType.Int64;
        Tensor tensor = empty([.. Shape], type);
        if (count == 0)
        {
            return tensor;
        }

        switch (type)
        {
            case ScalarType.Float32:
                FillFloats(MemoryMarshal.Cast<byte, float>(tensor.bytes), given);
                break;
            case ScalarType.Int64:
                FillIntegers(MemoryMarshal.Cast<byte, long>(tensor.bytes), given);
                break;
            default:
                Span<byte> flags = tensor.bytes;
                for (int i = 0; i < flags.Length; i++)
                {
                    flags[i] = (byte)((given is { } raw ? raw.Span[i] : Integers[i]) != 0 ? 1 : 0);
                }

                break;
        }

        return tensor;
    }

    private void FillFloats(Span<float> target, ReadOnlyMemory<byte>? given)
    {
        ReadOnlySpan<byte> raw = given is { } memory ? memory.Span : default;
        if (given is not null && Type == OnnxElement.Float)
        {
            raw.CopyTo(MemoryMarshal.AsBytes(target));
            return;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Type switch
            {
                OnnxElement.Double when given is not null => (float)BinaryPrimitives.ReadDoubleLittleEndian(raw[(8 * i)..]),
                OnnxElement.Float16 when given is not null => (float)BinaryPrimitives.ReadHalfLittleEndian(raw[(2 * i)..]),
                OnnxElement.BFloat16 when given is not null => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * i)..]) << 16),
                OnnxElement.Float16 when Integers.Count > 0 => (float)BitConverter.UInt16BitsToHalf((ushort)Integers[i]),
                OnnxElement.BFloat16 when Integers.Count > 0 => BitConverter.Int32BitsToSingle((ushort)Integers[i] << 16),
                _ => i < Floats.Count ? Floats[i] : Integers[i - Floats.Count],
            };
        }
    }

    private void FillIntegers(Span<long> target, ReadOnlyMemory<byte>? given)
    {
        ReadOnlySpan<byte> raw = given is { } memory ? memory.Span : default;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = given is null ? (i < Integers.Count ? Integers[i] : (long)Floats[i - Integers.Count]) : Type switch
            {
                OnnxElement.UInt8 => raw[i],
                OnnxElement.Int8 => (sbyte)raw[i],
                OnnxElement.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * i)..]),
                OnnxElement.Int16 => BinaryPrimitives.ReadInt16LittleEndian(raw[(2 * i)..]),
                OnnxElement.Int32 => BinaryPrimitives.ReadInt32LittleEndian(raw[(4 * i)..]),
                OnnxElement.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(raw[(4 * i)..]),
                _ => BinaryPrimitives.ReadInt64LittleEndian(raw[(8 * i)..]),
            };
        }
    }
}
