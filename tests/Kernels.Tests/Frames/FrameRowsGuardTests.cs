using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Tests.Interop;

namespace CAManim.Native.Kernels.Tests.Frames;

/// <summary>The rows' vector loops touch nothing beside their rows: every operand lies at the edge of an unreadable page.</summary>
public sealed class FrameRowsGuardTests
{
    [Fact]
    public void Scalar_rows_stay_inside() => Run<ScalarRows>();

    [Fact]
    public void Vector256_rows_stay_inside() => Run<Vector256Rows>();

    [Fact]
    public void Vector512_rows_stay_inside() => Run<Vector512Rows>();

    private static void Run<TRows>()
        where TRows : struct, IFrameRows
    {
        uint[] table = ColorMaps.Get("jet");

        // Multiples of four pixels, so that rows of bytes end at the page as well.
        for (int length = 4; length <= 136; length += 4)
        {
            foreach (bool atFront in (ReadOnlySpan<bool>)[false, true])
            {
                using GuardedFloats values = new(length, atFront);
                using GuardedFloats image = new(length, atFront);
                using GuardedFloats pixels = new(length, atFront);
                using GuardedFloats bytes = new(length / 4, atFront);
                using GuardedFloats more = new(length / 4, atFront);
                values.Span.Fill(0.5f);
                MemoryMarshal.Cast<float, uint>(image.Span).Fill(0x00102030);
                Span<uint> row = MemoryMarshal.Cast<float, uint>(pixels.Span);
                TRows.Mix(values.Span, values.Span, 0.25f, values.Span);
                TRows.Colour(values.Span, 0, 1, MemoryMarshal.Cast<float, uint>(image.Span), table, 128, row);
                Assert.Equal(PackedColor.Blend(table[127], 0x00102030, 128), row[^1]);
                TRows.Luma(row, MemoryMarshal.AsBytes(bytes.Span));
                Assert.Equal(Bt709.Y(row[^1]), MemoryMarshal.AsBytes(bytes.Span)[^1]);
                TRows.Chroma(row, MemoryMarshal.AsBytes(bytes.Span), MemoryMarshal.AsBytes(more.Span));
                Assert.Equal(Bt709.V(row[^1]), MemoryMarshal.AsBytes(more.Span)[^1]);
                MemoryMarshal.AsBytes(bytes.Span).Fill(255);
                TRows.Cover(MemoryMarshal.AsBytes(bytes.Span), 0x00010203, 0x00040506, row);
                Assert.Equal(0x00010203u, row[^1]);
                if (length % 8 == 0)
                {
                    using GuardedFloats blue = new(length / 8, atFront);
                    using GuardedFloats red = new(length / 8, atFront);
                    TRows.ChromaOfFour(row, row, MemoryMarshal.AsBytes(blue.Span), MemoryMarshal.AsBytes(red.Span));
                    Assert.Equal(Bt709.U(row[^1]), MemoryMarshal.AsBytes(blue.Span)[^1]);
                }
            }
        }
    }
}
