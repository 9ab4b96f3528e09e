using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CAManim.Native.Models.Weights;

/// <summary>Element types of files to element types of networks, in pieces, so that no second copy of a tensor is made.</summary>
internal static class WeightConversion
{
    /// <summary>Elements a piece: small enough for the cache.</summary>
    private const int Piece = 16 * 1024;

    /// <summary>The float32 bits of every float16: .NET has no vector conversion, and one by one is ten times slower than this.</summary>
    private static readonly Lazy<uint[]> HalfTable = new(() => [.. Enumerable.Range(0, 65536).Select(h => BitConverter.SingleToUInt32Bits((float)BitConverter.UInt16BitsToHalf((ushort)h)))]);

    /// <summary>Bytes that are read before they are looked at again: they still lie in the cache.</summary>
    private const int DirectPiece = 256 * 1024;

    /// <summary>Reads a whole tensor as <paramref name="type"/>; without conversion it goes from the file to the destination directly.</summary>
    /// <returns>False where it was read as float32 and holds NaN or infinity.</returns>
    public static bool Read(WeightEntry entry, WeightType type, Span<byte> destination)
    {
        bool isFinite = true;
        if (entry.Type == type)
        {
            for (int start = 0; start < destination.Length; start += DirectPiece)
            {
                Span<byte> piece = destination.Slice(start, Math.Min(DirectPiece, destination.Length - start));
                entry.ReadRaw(start, piece);
                isFinite &= IsFinite(piece, type);
            }

            return isFinite;
        }

        int from = entry.Type.SizeInBytes();
        int to = type.SizeInBytes();
        byte[] rented = ArrayPool<byte>.Shared.Rent(Piece * 8);
        try
        {
            for (long start = 0; start < entry.Count; start += Piece)
            {
                int count = (int)Math.Min(Piece, entry.Count - start);
                Span<byte> piece = rented.AsSpan(0, count * from);
                entry.ReadRaw(start * from, piece);
                Span<byte> converted = destination.Slice((int)(start * to), count * to);
                Convert(piece, entry.Type, converted, type);
                isFinite &= IsFinite(converted, type);
            }

            return isFinite;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool IsFinite(ReadOnlySpan<byte> bytes, WeightType type) => type != WeightType.Float32 || !NonFinite.Any(MemoryMarshal.Cast<byte, float>(bytes));

    private static void Convert(ReadOnlySpan<byte> source, WeightType from, Span<byte> destination, WeightType to)
    {
        switch (from)
        {
            case WeightType.Float64: ConvertFrom<double>(source, destination, to); break;
            case WeightType.Float32: ConvertFrom<float>(source, destination, to); break;
            case WeightType.Float16 or WeightType.BFloat16: Widen(source, from, destination, to); break;
            case WeightType.Int64: ConvertFrom<long>(source, destination, to); break;
            case WeightType.Int32: ConvertFrom<int>(source, destination, to); break;
            case WeightType.Int16: ConvertFrom<short>(source, destination, to); break;
            case WeightType.Int8: ConvertFrom<sbyte>(source, destination, to); break;
            default: ConvertFrom<byte>(source, destination, to); break;
        }
    }

    private static void ConvertFrom<T>(ReadOnlySpan<byte> source, Span<byte> destination, WeightType to)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source);
        switch (to)
        {
            case WeightType.Float64: Each(values, MemoryMarshal.Cast<byte, double>(destination)); break;
            case WeightType.Float32 when typeof(T) == typeof(float): source.CopyTo(destination); break;
            case WeightType.Float32: Each(values, MemoryMarshal.Cast<byte, float>(destination)); break;
            case WeightType.Float16: Each(values, MemoryMarshal.Cast<byte, Half>(destination)); break;
            case WeightType.BFloat16: Narrow(values, MemoryMarshal.Cast<byte, ushort>(destination)); break;
            case WeightType.Int64: Each(values, MemoryMarshal.Cast<byte, long>(destination)); break;
            case WeightType.Int32: Each(values, MemoryMarshal.Cast<byte, int>(destination)); break;
            case WeightType.Int16: Each(values, MemoryMarshal.Cast<byte, short>(destination)); break;
            case WeightType.Int8: Each(values, MemoryMarshal.Cast<byte, sbyte>(destination)); break;
            case WeightType.UInt8: Each(values, destination); break;
            default:
                for (int i = 0; i < values.Length; i++)
                {
                    destination[i] = T.IsZero(values[i]) ? (byte)0 : (byte)1;
                }

                break;
        }
    }

    // Optimised from the first call: a file is loaded once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Each<TFrom, TTo>(ReadOnlySpan<TFrom> values, Span<TTo> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = TTo.CreateTruncating(values[i]);
        }
    }

    /// <summary>16 bits by way of float32: bfloat16 is its upper half, float16 is looked up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<byte> source, WeightType from, Span<byte> destination, WeightType to)
    {
        ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(source);
        uint[] rented = ArrayPool<uint>.Shared.Rent(halves.Length);
        uint[]? table = from == WeightType.Float16 ? HalfTable.Value : null;
        for (int i = 0; i < halves.Length; i++)
        {
            rented[i] = table is null ? (uint)halves[i] << 16 : table[halves[i]];
        }

        ConvertFrom<float>(MemoryMarshal.AsBytes(rented.AsSpan(0, halves.Length)), destination, to);
        ArrayPool<uint>.Shared.Return(rented);
    }

    /// <summary>Rounds to nearest, ties to even; NaN stays NaN.</summary>
    private static void Narrow<T>(ReadOnlySpan<T> values, Span<ushort> destination)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            float value = float.CreateTruncating(values[i]);
            uint bits = BitConverter.SingleToUInt32Bits(value);
            destination[i] = float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }
}
