using System.Runtime.CompilerServices;

namespace CAManim.Native.Kernels.Frames;

// Traversal, written once for all widths of vector: pairs of rows, because a 4:2:0 chroma sample needs two.
public static partial class FrameKernel
{
    private static void Draw<TRows>(
        in FramePlanes target,
        in FrameMap map,
        FramePanel panel,
        ReadOnlySpan<FramePlace> places,
        ReadOnlySpan<FrameCaption> captions,
        FrameScratch scratch)
        where TRows : struct, IFrameRows
    {
        int width = panel.Width;
        for (int row = 0; row < panel.Height && places.Length > 0; row += 2)
        {
            int rows = Math.Min(2, panel.Height - row);
            for (int i = 0; i < rows; i++)
            {
                Resize<TRows>(map, panel.Height, row + i, scratch, scratch.Values[i].AsSpan(0, width));
            }

            foreach (ref readonly FramePlace place in places)
            {
                for (int i = 0; i < rows; i++)
                {
                    ReadOnlySpan<uint> image = panel.Image.AsSpan((row + i) * width, width);
                    TRows.Colour(scratch.Values[i].AsSpan(0, width), place.Minimum, place.Range, image, panel.Table, panel.Weight, scratch.Pixels[i].AsSpan(0, width));
                }

                Store<TRows>(target, place.X, place.Y + row, scratch.Pixels[0].AsSpan(0, width), scratch.Pixels[1].AsSpan(0, rows == 2 ? width : 0));
            }
        }

        foreach (ref readonly FrameCaption caption in captions)
        {
            DrawCaption<TRows>(target, caption, scratch);
        }
    }

    private static void Fill<TRows>(in FramePlanes target, int x, int y, int width, int height, ReadOnlySpan<uint> pixels)
        where TRows : struct, IFrameRows
    {
        for (int row = 0; row < height; row += 2)
        {
            ReadOnlySpan<uint> top = pixels.Slice(row * width, width);
            ReadOnlySpan<uint> bottom = row + 1 < height ? pixels.Slice((row + 1) * width, width) : default;
            Store<TRows>(target, x, y + row, top, bottom);
        }
    }

    private static void DrawCaption<TRows>(in FramePlanes target, in FrameCaption caption, FrameScratch scratch)
        where TRows : struct, IFrameRows
    {
        int width = caption.Width;
        ReadOnlySpan<byte> coverage = caption.Coverage.Span;
        for (int row = 0; row < caption.Height; row += 2)
        {
            int rows = Math.Min(2, caption.Height - row);
            for (int i = 0; i < rows; i++)
            {
                TRows.Cover(coverage.Slice((row + i) * width, width), caption.Foreground, caption.Background, scratch.Pixels[i].AsSpan(0, width));
            }

            Store<TRows>(target, caption.X, caption.Y + row, scratch.Pixels[0].AsSpan(0, width), scratch.Pixels[1].AsSpan(0, rows == 2 ? width : 0));
        }
    }

    private static void Resize<TRows>(in FrameMap map, int outputHeight, int row, FrameScratch scratch, Span<float> values)
        where TRows : struct, IFrameRows
    {
        (int first, float share) = BilinearTap.Of(row, outputHeight, map.Height);
        int second = Math.Min(first + 1, map.Height - 1);
        if (scratch.RowIndex[0] != first && scratch.RowIndex[1] == first)
        {
            scratch.SwapRows();
        }

        Widen(map, first, scratch, 0, values.Length);
        Widen(map, second, scratch, 1, values.Length);
        TRows.Mix(scratch.Rows[0].AsSpan(0, values.Length), scratch.Rows[1].AsSpan(0, values.Length), share, values);
    }

    // A map row is resized across once and then serves every output row between it and its neighbours.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(in FrameMap map, int row, FrameScratch scratch, int slot, int width)
    {
        if (scratch.RowIndex[slot] == row)
        {
            return;
        }

        scratch.RowIndex[slot] = row;
        Span<float> values = scratch.Rows[slot].AsSpan(0, width);
        ReadOnlySpan<int> left = scratch.Left.AsSpan(0, width);
        ReadOnlySpan<float> share = scratch.Share.AsSpan(0, width);
        ReadOnlySpan<float> source = map.Values.Slice(row * map.Width, map.Width);
        int last = source.Length - 1;
        for (int x = 0; x < values.Length; x++)
        {
            values[x] = ScalarRows.Mix(Finite(source[left[x]]), Finite(source[Math.Min(left[x] + 1, last)]), share[x]);
        }
    }

    private static float Finite(float value) => float.IsFinite(value) ? value : 0;

    private static void Store<TRows>(in FramePlanes target, int x, int y, ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom)
        where TRows : struct, IFrameRows
    {
        if (target.Format == FrameFormat.Yuv420)
        {
            int half = (top.Length + 1) / 2;
            int at = (y / 2 * target.ChromaStride) + (x / 2);
            TRows.ChromaOfFour(top, bottom.IsEmpty ? top : bottom, target.Second.Slice(at, half), target.Third.Slice(at, half));
        }
        else if (target.Format == FrameFormat.Nv12)
        {
            // What the processor draws so are the still parts of a card's frames, once a video.
            ScalarRows.ChromaPairs(top, bottom.IsEmpty ? top : bottom, target.Second.Slice((y / 2 * target.ChromaStride) + x, (top.Length + 1) / 2 * 2));
        }

        StoreRow<TRows>(target, x, y, top);
        if (!bottom.IsEmpty)
        {
            StoreRow<TRows>(target, x, y + 1, bottom);
        }
    }

    private static void StoreRow<TRows>(in FramePlanes target, int x, int y, ReadOnlySpan<uint> pixels)
        where TRows : struct, IFrameRows
    {
        int size = FramePlanes.BytesPerPixel(target.Format);
        Span<byte> row = target.First.Slice((y * target.FirstStride) + (x * size), pixels.Length * size);
        switch (target.Format)
        {
            case FrameFormat.Yuv420 or FrameFormat.Nv12:
                TRows.Luma(pixels, row);
                break;
            case FrameFormat.Yuv444:
                int at = (y * target.ChromaStride) + x;
                TRows.Luma(pixels, row);
                TRows.Chroma(pixels, target.Second.Slice(at, pixels.Length), target.Third.Slice(at, pixels.Length));
                break;
            case FrameFormat.Rgb24:
                ScalarRows.Rgb(pixels, row);
                break;
            default:
                ScalarRows.Bgr0(pixels, row);
                break;
        }
    }
}
