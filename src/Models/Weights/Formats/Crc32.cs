using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Intrinsics;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>
/// CRC-32 of zip files (polynomial 0x04C11DB7, reflected). Long inputs are folded by carry-less multiplication, 64 bytes a step
/// (Gopal and others, Fast CRC Computation Using PCLMULQDQ, Intel 2009), so that checking costs a small part of reading.
/// </summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    // x^(4·128+64), x^(4·128), x^(128+64), x^128 modulo the polynomial, reflected; from the paper.
    private static readonly Vector128<ulong> FoldBy64Bytes = Vector128.Create(0x154442bd4UL, 0x1c6e41596UL);
    private static readonly Vector128<ulong> FoldBy16Bytes = Vector128.Create(0x1751997d0UL, 0x0ccaa009eUL);

    /// <summary>The checksum of what came before (0 at the start) and <paramref name="bytes"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint state = ~crc;
        if (Pclmulqdq.IsSupported && bytes.Length >= 128)
        {
            state = Fold(state, ref bytes);
        }

        return ~ByTable(state, bytes);
    }

    /// <summary>One byte a step; also the reference of the tests.</summary>
    internal static uint ByTable(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            state = Table[(byte)(state ^ b)] ^ (state >> 8);
        }

        return state;
    }

    // Optimised from the first call: a file is loaded once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Fold(uint state, ref ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<Vector128<ulong>> blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        Vector128<ulong> x0 = blocks[0] ^ Vector128.CreateScalar((ulong)state);
        Vector128<ulong> x1 = blocks[1];
        Vector128<ulong> x2 = blocks[2];
        Vector128<ulong> x3 = blocks[3];
        int i = 4;
        for (; i + 4 <= blocks.Length; i += 4)
        {
            x0 = Step(x0, FoldBy64Bytes) ^ blocks[i];
            x1 = Step(x1, FoldBy64Bytes) ^ blocks[i + 1];
            x2 = Step(x2, FoldBy64Bytes) ^ blocks[i + 2];
            x3 = Step(x3, FoldBy64Bytes) ^ blocks[i + 3];
        }

        x1 ^= Step(x0, FoldBy16Bytes);
        x2 ^= Step(x1, FoldBy16Bytes);
        x3 ^= Step(x2, FoldBy16Bytes);
        for (; i < blocks.Length; i++)
        {
            x3 = Step(x3, FoldBy16Bytes) ^ blocks[i];
        }

        bytes = bytes[(blocks.Length * 16)..];

        // The 16 bytes left are congruent to all before them; the table reduces them.
        Span<Vector128<ulong>> rest = [x3];
        return ByTable(0, MemoryMarshal.AsBytes(rest));
    }

    private static Vector128<ulong> Step(Vector128<ulong> x, Vector128<ulong> k) =>
        Pclmulqdq.CarrylessMultiply(x, k, 0x00) ^ Pclmulqdq.CarrylessMultiply(x, k, 0x11);

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
