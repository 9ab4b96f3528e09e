using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CAManim.Native.Kernels.Frames;

/// <summary>16 pixels at a time; what is left of a row goes to <see cref="ScalarRows"/>.</summary>
/// <remarks>Compiled fully at the first call: a program that makes one video has no second chance, and unoptimised vector code is tens of times slower.</remarks>
internal readonly struct Vector512Rows : IFrameRows
{
    private const int Lanes = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float share, Span<float> result)
    {
        int x = 0;
        for (; x <= result.Length - Lanes; x += Lanes)
        {
            Vector512<float> mixed = (Load(first, x) * (1 - share)) + (Load(second, x) * share);
            mixed.StoreUnsafe(ref MemoryMarshal.GetReference(result), (nuint)x);
        }

        ScalarRows.Mix(first[x..], second[x..], share, result[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Colour(ReadOnlySpan<float> values, float minimum, float range, ReadOnlySpan<uint> image, ReadOnlySpan<uint> table, uint weight, Span<uint> pixels)
    {
        Vector512<float> low = Vector512.Create(minimum);
        Vector512<float> width = Vector512.Create(range);
        Vector512<ushort> over = Vector512.Create((ushort)weight);
        Vector512<ushort> under = Vector512.Create((ushort)(256 - weight));
        int x = 0;
        for (; x <= pixels.Length - Lanes; x += Lanes)
        {
            Vector512<float> t = (Load(values, x) - low) / width;
            t = Vector512.ConditionalSelect(Vector512.GreaterThan(t, Vector512<float>.Zero), Vector512.Min(t, Vector512<float>.One), Vector512<float>.Zero);
            Vector512<uint> colour = Look(table, Vector512.ConvertToInt32Native(t * 255f));
            Blend(colour, Load(image, x), over, under).StoreUnsafe(ref MemoryMarshal.GetReference(pixels), (nuint)x);
        }

        ScalarRows.Colour(values[x..], minimum, range, image[x..], table, weight, pixels[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Cover(ReadOnlySpan<byte> coverage, uint foreground, uint background, Span<uint> pixels)
    {
        Vector512<uint> over = Vector512.Create(foreground);
        Vector512<uint> under = Vector512.Create(background);
        int x = 0;
        for (; x <= pixels.Length - Lanes; x += Lanes)
        {
            Vector512<uint> weight = Widen(coverage, x);
            weight += weight >>> 7;

            // The same weight for both 16-bit halves.
            Vector512<ushort> share = (weight | (weight << 16)).AsUInt16();
            Blend(over, under, share, Vector512.Create((ushort)256) - share).StoreUnsafe(ref MemoryMarshal.GetReference(pixels), (nuint)x);
        }

        ScalarRows.Cover(coverage[x..], foreground, background, pixels[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Luma(ReadOnlySpan<uint> pixels, Span<byte> luma)
    {
        int x = 0;
        for (; x <= pixels.Length - (2 * Lanes); x += 2 * Lanes)
        {
            Vector512<uint> first = Weigh(Load(pixels, x), Bt709.YR, Bt709.YG, Bt709.YB, Bt709.LumaOffset);
            Vector512<uint> second = Weigh(Load(pixels, x + Lanes), Bt709.YR, Bt709.YG, Bt709.YB, Bt709.LumaOffset);
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
            Vector512<uint> first = Load(pixels, x);
            Vector512<uint> second = Load(pixels, x + Lanes);
            Vector256<byte> u = Bytes(Weigh(first, Bt709.UR, Bt709.UG, Bt709.UB, Bt709.ChromaOffset), Weigh(second, Bt709.UR, Bt709.UG, Bt709.UB, Bt709.ChromaOffset));
            Vector256<byte> v = Bytes(Weigh(first, Bt709.VR, Bt709.VG, Bt709.VB, Bt709.ChromaOffset), Weigh(second, Bt709.VR, Bt709.VG, Bt709.VB, Bt709.ChromaOffset));
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
            (Vector512<uint> u0, Vector512<uint> v0) = Halve(top, bottom, x);
            (Vector512<uint> u1, Vector512<uint> v1) = Halve(top, bottom, x + (2 * Lanes));
            Bytes(u0, u1).StoreUnsafe(ref MemoryMarshal.GetReference(blue), (nuint)x / 2);
            Bytes(v0, v1).StoreUnsafe(ref MemoryMarshal.GetReference(red), (nuint)x / 2);
        }

        ScalarRows.ChromaOfFour(top[x..], bottom[x..], blue[(x / 2)..], red[(x / 2)..]);
    }

    // Chroma of 2·Lanes columns: Lanes values each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<uint> Blue, Vector512<uint> Red) Halve(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, int x)
    {
        Vector512<uint> redBlue = Pairs(RedBlue(Load(top, x)) + RedBlue(Load(bottom, x)), RedBlue(Load(top, x + Lanes)) + RedBlue(Load(bottom, x + Lanes)));
        Vector512<int> green = Pairs(Green(Load(top, x)) + Green(Load(bottom, x)), Green(Load(top, x + Lanes)) + Green(Load(bottom, x + Lanes))).AsInt32();
        Vector512<int> r = (redBlue & Vector512.Create(0xFFFFu)).AsInt32();
        Vector512<int> b = (redBlue >>> 16).AsInt32();
        Vector512<int> offset = Vector512.Create(Bt709.ChromaOffsetOfFour);
        Vector512<int> u = ((r * Bt709.UR) + (green * Bt709.UG) + (b * Bt709.UB) + offset) >> 18;
        Vector512<int> v = ((r * Bt709.VR) + (green * Bt709.VG) + (b * Bt709.VB) + offset) >> 18;
        return (u.AsUInt32(), v.AsUInt32());
    }

    // Sums of neighbouring lanes; the 16-bit halves hold at most 4·255 and do not spill.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Pairs(Vector512<uint> first, Vector512<uint> second)
    {
        Vector512<ulong> a = (first + (first.AsUInt64() >>> 32).AsUInt32()).AsUInt64();
        Vector512<ulong> b = (second + (second.AsUInt64() >>> 32).AsUInt32()).AsUInt64();
        return Vector512.Narrow(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Weigh(Vector512<uint> pixel, int red, int green, int blue, int offset)
    {
        Vector512<int> r = (pixel & Vector512.Create(0xFFu)).AsInt32();
        Vector512<int> b = (pixel >>> 16).AsInt32();
        return (((r * red) + (Green(pixel).AsInt32() * green) + (b * blue) + Vector512.Create(offset)) >> 16).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Blend(Vector512<uint> colour, Vector512<uint> image, Vector512<ushort> over, Vector512<ushort> under)
    {
        Vector512<ushort> half = Vector512.Create((ushort)0x80);
        Vector512<ushort> redBlue = ((RedBlue(colour).AsUInt16() * over) + (RedBlue(image).AsUInt16() * under) + half) >>> 8;
        Vector512<ushort> green = (Green(colour).AsUInt16() * over) + (Green(image).AsUInt16() * under) + half;
        return redBlue.AsUInt32() | (green.AsUInt32() & Vector512.Create(0xFF00u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> RedBlue(Vector512<uint> pixel) => pixel & Vector512.Create(0xFF00FFu);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Green(Vector512<uint> pixel) => (pixel >>> 8) & Vector512.Create(0xFFu);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Bytes(Vector512<uint> first, Vector512<uint> second)
    {
        Vector512<ushort> words = Vector512.Narrow(first, second);
        return Vector256.Narrow(words.GetLower(), words.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Widen(ReadOnlySpan<byte> values, int x)
    {
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)x);
        Vector256<ushort> words = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
        return Vector512.Create(Vector256.WidenLower(words), Vector256.WidenUpper(words));
    }

    // Every index is in 0..255 and the table has 256 entries.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<uint> Look(ReadOnlySpan<uint> table, Vector512<int> index)
    {
        fixed (uint* entries = table)
        {
            if (Avx2.IsSupported)
            {
                return Vector512.Create(Avx2.GatherVector256(entries, index.GetLower(), sizeof(uint)), Avx2.GatherVector256(entries, index.GetUpper(), sizeof(uint)));
            }

            // Processors without a gather.
            uint* found = stackalloc uint[Lanes];
            for (int i = 0; i < Lanes; i++)
            {
                found[i] = entries[index[i]];
            }

            return Vector512.Load(found);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load<T>(ReadOnlySpan<T> values, int x) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)x);
}
