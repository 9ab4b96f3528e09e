using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CAManim.Native.Kernels.Frames;

/// <summary>8 pixels at a time; what is left of a row goes to <see cref="ScalarRows"/>.</summary>
/// <remarks>Compiled fully at the first call: a program that makes one video has no second chance, and unoptimised vector code is tens of times slower.</remarks>
internal readonly struct Vector256Rows : IFrameRows
{
    private const int Lanes = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float share, Span<float> result)
    {
        int x = 0;
        for (; x <= result.Length - Lanes; x += Lanes)
        {
            Vector256<float> mixed = (Load(first, x) * (1 - share)) + (Load(second, x) * share);
            mixed.StoreUnsafe(ref MemoryMarshal.GetReference(result), (nuint)x);
        }

        ScalarRows.Mix(first[x..], second[x..], share, result[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Colour(ReadOnlySpan<float> values, float minimum, float range, ReadOnlySpan<uint> image, ReadOnlySpan<uint> table, uint weight, Span<uint> pixels)
    {
        Vector256<float> low = Vector256.Create(minimum);
        Vector256<float> width = Vector256.Create(range);
        Vector256<ushort> over = Vector256.Create((ushort)weight);
        Vector256<ushort> under = Vector256.Create((ushort)(256 - weight));
        int x = 0;
        for (; x <= pixels.Length - Lanes; x += Lanes)
        {
            Vector256<float> t = (Load(values, x) - low) / width;
            t = Vector256.ConditionalSelect(Vector256.GreaterThan(t, Vector256<float>.Zero), Vector256.Min(t, Vector256<float>.One), Vector256<float>.Zero);
            Vector256<uint> colour = Look(table, Vector256.ConvertToInt32Native(t * 255f));
            Blend(colour, Load(image, x), over, under).StoreUnsafe(ref MemoryMarshal.GetReference(pixels), (nuint)x);
        }

        ScalarRows.Colour(values[x..], minimum, range, image[x..], table, weight, pixels[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Cover(ReadOnlySpan<byte> coverage, uint foreground, uint background, Span<uint> pixels)
    {
        Vector256<uint> over = Vector256.Create(foreground);
        Vector256<uint> under = Vector256.Create(background);
        int x = 0;
        for (; x <= pixels.Length - Lanes; x += Lanes)
        {
            Vector256<uint> weight = Widen(coverage, x);
            weight += weight >>> 7;

            // The same weight for both 16-bit halves.
            Vector256<ushort> share = (weight | (weight << 16)).AsUInt16();
            Blend(over, under, share, Vector256.Create((ushort)256) - share).StoreUnsafe(ref MemoryMarshal.GetReference(pixels), (nuint)x);
        }

        ScalarRows.Cover(coverage[x..], foreground, background, pixels[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Luma(ReadOnlySpan<uint> pixels, Span<byte> luma)
    {
        int x = 0;
        for (; x <= pixels.Length - (2 * Lanes); x += 2 * Lanes)
        {
            Vector256<uint> first = Weigh(Load(pixels, x), Bt709.YR, Bt709.YG, Bt709.YB, Bt709.LumaOffset);
            Vector256<uint> second = Weigh(Load(pixels, x + Lanes), Bt709.YR, Bt709.YG, Bt709.YB, Bt709.LumaOffset);
            Bytes(first, second).StoreUnsafe(ref MemoryMarshal.GetReference(luma), (nuint)x);
        }

        ScalarRows.Luma(pixels[x..], luma[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Chroma(ReadOnlySpan<uint> pixels, Span<byte> blue, Span<byte> red)
    {
        int x = 0;
        for (; x <= pixels.Length - (2 * Lanes); x += 2 * Lanes)
        {
            Vector256<uint> first = Load(pixels, x);
            Vector256<uint> second = Load(pixels, x + Lanes);
            Vector128<byte> u = Bytes(Weigh(first, Bt709.UR, Bt709.UG, Bt709.UB, Bt709.ChromaOffset), Weigh(second, Bt709.UR, Bt709.UG, Bt709.UB, Bt709.ChromaOffset));
            Vector128<byte> v = Bytes(Weigh(first, Bt709.VR, Bt709.VG, Bt709.VB, Bt709.ChromaOffset), Weigh(second, Bt709.VR, Bt709.VG, Bt709.VB, Bt709.ChromaOffset));
            u.StoreUnsafe(ref MemoryMarshal.GetReference(blue), (nuint)x);
            v.StoreUnsafe(ref MemoryMarshal.GetReference(red), (nuint)x);
        }

        ScalarRows.Chroma(pixels[x..], blue[x..], red[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ChromaOfFour(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, Span<byte> blue, Span<byte> red)
    {
        int x = 0;
        for (; x <= top.Length - (4 * Lanes); x += 4 * Lanes)
        {
            (Vector256<uint> u0, Vector256<uint> v0) = Halve(top, bottom, x);
            (Vector256<uint> u1, Vector256<uint> v1) = Halve(top, bottom, x + (2 * Lanes));
            Bytes(u0, u1).StoreUnsafe(ref MemoryMarshal.GetReference(blue), (nuint)x / 2);
            Bytes(v0, v1).StoreUnsafe(ref MemoryMarshal.GetReference(red), (nuint)x / 2);
        }

        ScalarRows.ChromaOfFour(top[x..], bottom[x..], blue[(x / 2)..], red[(x / 2)..]);
    }

    // Chroma of 2·Lanes columns: Lanes values each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> Blue, Vector256<uint> Red) Halve(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, int x)
    {
        Vector256<uint> redBlue = Pairs(RedBlue(Load(top, x)) + RedBlue(Load(bottom, x)), RedBlue(Load(top, x + Lanes)) + RedBlue(Load(bottom, x + Lanes)));
        Vector256<int> green = Pairs(Green(Load(top, x)) + Green(Load(bottom, x)), Green(Load(top, x + Lanes)) + Green(Load(bottom, x + Lanes))).AsInt32();
        Vector256<int> r = (redBlue & Vector256.Create(0xFFFFu)).AsInt32();
        Vector256<int> b = (redBlue >>> 16).AsInt32();
        Vector256<int> offset = Vector256.Create(Bt709.ChromaOffsetOfFour);
        Vector256<int> u = ((r * Bt709.UR) + (green * Bt709.UG) + (b * Bt709.UB) + offset) >> 18;
        Vector256<int> v = ((r * Bt709.VR) + (green * Bt709.VG) + (b * Bt709.VB) + offset) >> 18;
        return (u.AsUInt32(), v.AsUInt32());
    }

    // Sums of neighbouring lanes; the 16-bit halves hold at most 4·255 and do not spill.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Pairs(Vector256<uint> first, Vector256<uint> second)
    {
        Vector256<ulong> a = (first + (first.AsUInt64() >>> 32).AsUInt32()).AsUInt64();
        Vector256<ulong> b = (second + (second.AsUInt64() >>> 32).AsUInt32()).AsUInt64();
        return Vector256.Narrow(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Weigh(Vector256<uint> pixel, int red, int green, int blue, int offset)
    {
        Vector256<int> r = (pixel & Vector256.Create(0xFFu)).AsInt32();
        Vector256<int> b = (pixel >>> 16).AsInt32();
        return (((r * red) + (Green(pixel).AsInt32() * green) + (b * blue) + Vector256.Create(offset)) >> 16).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Blend(Vector256<uint> colour, Vector256<uint> image, Vector256<ushort> over, Vector256<ushort> under)
    {
        Vector256<ushort> half = Vector256.Create((ushort)0x80);
        Vector256<ushort> redBlue = ((RedBlue(colour).AsUInt16() * over) + (RedBlue(image).AsUInt16() * under) + half) >>> 8;
        Vector256<ushort> green = (Green(colour).AsUInt16() * over) + (Green(image).AsUInt16() * under) + half;
        return redBlue.AsUInt32() | (green.AsUInt32() & Vector256.Create(0xFF00u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RedBlue(Vector256<uint> pixel) => pixel & Vector256.Create(0xFF00FFu);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Green(Vector256<uint> pixel) => (pixel >>> 8) & Vector256.Create(0xFFu);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Bytes(Vector256<uint> first, Vector256<uint> second)
    {
        Vector256<ushort> words = Vector256.Narrow(first, second);
        return Vector128.Narrow(words.GetLower(), words.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Widen(ReadOnlySpan<byte> values, int x)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(values[x..]))).AsByte();
        Vector128<ushort> words = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
    }

    // Every index is in 0..255 and the table has 256 entries.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<uint> Look(ReadOnlySpan<uint> table, Vector256<int> index)
    {
        fixed (uint* entries = table)
        {
            if (Avx2.IsSupported)
            {
                return Avx2.GatherVector256(entries, index, sizeof(uint));
            }

            // Processors without a gather.
            uint* found = stackalloc uint[Lanes];
            for (int i = 0; i < Lanes; i++)
            {
                found[i] = entries[index[i]];
            }

            return Vector256.Load(found);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Load<T>(ReadOnlySpan<T> values, int x) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)x);
}
