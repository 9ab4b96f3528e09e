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
    public string Name { get; set; } = "";

    public int Type { get; set; }

    public List<long> Shape { get; } = [];

    public ReadOnlyMemory<byte>? Raw { get; set; }

    /// <summary>float_data or double_data.</summary>
    public List<float> Floats { get; } = [];

    /// <summary>int32_data, int64_data or uint64_data.</summary>
    public List<long> Integers { get; } = [];

    public bool IsExternal { get; set; }

    /// <summary>Makes a tensor of its values.</summary>
    public Tensor ToTorch()
    {
        int size = OnnxElement.Size(Type);
        if (IsExternal)
        {
            throw new OnnxException($"tensor '{Name}' keeps its values in another file. Export it with all weights in one file (in Python: onnx.save(onnx.load(FILE), OUT))");
        }

        if (size == 0)
        {
            throw new OnnxException($"tensor '{Name}' has the element type {Type}; read are floating types, integers and bool. Export the network in float32");
        }

        long count = CountElements();
        long there = Raw is { } raw ? raw.Length / size : Floats.Count + (long)Integers.Count;
        if (count != there || (Raw is { } bytes && bytes.Length % size != 0))
        {
            throw new OnnxException($"damaged: tensor '{Name}' [{Sizes.Show(Shape)}] needs {count} elements and has {there}");
        }

        return Fill(count);
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

    private Tensor Fill(long count)
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
                FillFloats(MemoryMarshal.Cast<byte, float>(tensor.bytes));
                break;
            case ScalarType.Int64:
                FillIntegers(MemoryMarshal.Cast<byte, long>(tensor.bytes));
                break;
            default:
                Span<byte> flags = tensor.bytes;
                for (int i = 0; i < flags.Length; i++)
                {
                    flags[i] = (byte)((Raw is { } raw ? raw.Span[i] : Integers[i]) != 0 ? 1 : 0);
                }

                break;
        }

        return tensor;
    }

    private void FillFloats(Span<float> target)
    {
        ReadOnlySpan<byte> raw = Raw is { } memory ? memory.Span : default;
        if (Raw is not null && Type == OnnxElement.Float)
        {
            raw.CopyTo(MemoryMarshal.AsBytes(target));
            return;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Type switch
            {
                OnnxElement.Double when Raw is not null => (float)BinaryPrimitives.ReadDoubleLittleEndian(raw[(8 * i)..]),
                OnnxElement.Float16 when Raw is not null => (float)BinaryPrimitives.ReadHalfLittleEndian(raw[(2 * i)..]),
                OnnxElement.BFloat16 when Raw is not null => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * i)..]) << 16),
                OnnxElement.Float16 when Integers.Count > 0 => (float)BitConverter.UInt16BitsToHalf((ushort)Integers[i]),
                OnnxElement.BFloat16 when Integers.Count > 0 => BitConverter.Int32BitsToSingle((ushort)Integers[i] << 16),
                _ => i < Floats.Count ? Floats[i] : Integers[i - Floats.Count],
            };
        }
    }

    private void FillIntegers(Span<long> target)
    {
        ReadOnlySpan<byte> raw = Raw is { } memory ? memory.Span : default;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Raw is null ? (i < Integers.Count ? Integers[i] : (long)Floats[i - Integers.Count]) : Type switch
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
