using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The two passes of an iteration over the image's rows; each finishes a row and then uses the row before it, still in cache.</summary>
internal static unsafe class FineSweeps<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Lanes = LanesTail.Width;

    /// <summary>Smoothed y = x + r(x)/diagonal; right-hand side of the first coarse grid = P' r(y).</summary>
    /// <param name="grid">The image's grid.</param>
    /// <param name="down">P.</param>
    /// <param name="right">First coarse grid's right-hand side.</param>
    /// <param name="scratch">Two coarse rows.</param>
    public static void Down(FineGrid grid, Transfer down, float* right, float* scratch)
    {
        GridLayout layout = grid.Layout;
        for (int y = 0; y <= layout.Height; y++)
        {
            if (y < layout.Height)
            {
                nint row = (nint)y * layout.Stride;
                TLanes factor = TLanes.Broadcast(grid.RowFactor(y));
                for (int x = 0; x < layout.PaddedWidth; x += Lanes)
                {
                    float* at = grid.Current + row + x;
                    TLanes step = Residual(at, layout.Stride, factor, grid.ColumnFactor + x);
                    TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Load(grid.Inverse + row + x), step, TLanes.Load(at)), grid.Smoothed + row + x);
                }

                Replicate(grid.Smoothed, layout, y);
            }

            if (y > 0)
            {
                RestrictResidual(grid, down, y - 1, right, scratch);
            }
        }
    }

    /// <summary>
    /// w = y + P e, x3 = w + r(w)/diagonal, new x = x + a (x3 - x) + b (x - previous x), written over the previous one.
    /// </summary>
    /// <returns>The largest change of a pixel.</returns>
    public static float Up(FineGrid grid, Transfer down, float* correction, float a, float b)
    {
        GridLayout layout = grid.Layout;
        TLanes largest = TLanes.Zero;
        for (int y = 0; y <= layout.Height; y++)
        {
            if (y < layout.Height)
            {
                RowTransfer<TLanes>.ProlongRow(down, y, correction, grid.Smoothed + ((nint)y * layout.Stride));
                Replicate(grid.Smoothed, layout, y);
            }

            if (y > 0)
            {
                largest = Extrapolate(grid, y - 1, TLanes.Broadcast(a), TLanes.Broadcast(b), largest);
                Replicate(grid.Previous, layout, y - 1);
            }
        }

        grid.Swap();
        return TLanes.Maximum(largest);
    }

    /// <summary>Copies the outermost pixels of a row, and the outermost rows, to the border around the image: over its own columns only.</summary>
    public static void Replicate(float* plane, GridLayout layout, int y)
    {
        float* row = plane + ((nint)y * layout.Stride);
        row[-1] = row[0];
        row[layout.Width] = row[layout.Width - 1];
        if (y == 0)
        {
            new Span<float>(row - 1, layout.Width + 2).CopyTo(new Span<float>(row - layout.Stride - 1, layout.Width + 2));
        }

        if (y == layout.Height - 1)
        {
            new Span<float>(row - 1, layout.Width + 2).CopyTo(new Span<float>(row + layout.Stride - 1, layout.Width + 2));
        }
    }

    private static void RestrictResidual(FineGrid grid, Transfer down, int y, float* right, float* scratch)
    {
        GridLayout layout = grid.Layout;
        nint row = (nint)y * layout.Stride;
        TLanes factor = TLanes.Broadcast(grid.RowFactor(y));
        for (int x = 0; x < layout.PaddedWidth; x += Lanes)
        {
            TLanes residual = Residual(grid.Smoothed + row + x, layout.Stride, factor, grid.ColumnFactor + x);
            TLanes.Store(TLanes.WhereNotZero(TLanes.Load(grid.Inverse + row + x), residual), grid.Residual + x);
        }

        float* evens = scratch + Lanes;
        float* odds = evens + down.Coarse.Stride;
        RowTransfer<TLanes>.Split(grid.Residual, evens, odds, down.Coarse.PaddedWidth);
        RowTransfer<TLanes>.RestrictRow(down, y, evens, odds, right);
    }

    private static TLanes Extrapolate(FineGrid grid, int y, TLanes a, TLanes b, TLanes largest)
    {
        GridLayout layout = grid.Layout;
        nint row = (nint)y * layout.Stride;
        TLanes factor = TLanes.Broadcast(grid.RowFactor(y));
        for (int x = 0; x < layout.PaddedWidth; x += Lanes)
        {
            float* w = grid.Smoothed + row + x;
            TLanes inverse = TLanes.Load(grid.Inverse + row + x);
            TLanes smoothed = TLanes.FusedMultiplyAdd(inverse, Residual(w, layout.Stride, factor, grid.ColumnFactor + x), TLanes.Load(w));
            TLanes current = TLanes.Load(grid.Current + row + x);
            TLanes change = TLanes.FusedMultiplyAdd(a, smoothed - current, b * (current - TLanes.Load(grid.Previous + row + x)));
            change = TLanes.WhereNotZero(inverse, change);
            largest = TLanes.Higher(TLanes.Abs(change), largest);
            TLanes.Store(current + change, grid.Previous + row + x);
        }

        return largest;
    }

    // Twelve times the residual, in differences, which keeps float32 accurate: of neighbours outside only zeros come in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Residual(float* x, int stride, TLanes rowFactor, float* columnFactor)
    {
        TLanes centre = TLanes.Load(x);
        TLanes left = TLanes.Load(x - 1);
        TLanes right = TLanes.Load(x + 1);
        TLanes across = (left - centre) + (right - centre);
        TLanes down = (TLanes.Load(x - stride) - centre) + (TLanes.Load(x + stride) - centre);
        TLanes downLeft = (TLanes.Load(x - stride - 1) - left) + (TLanes.Load(x + stride - 1) - left);
        TLanes downRight = (TLanes.Load(x - stride + 1) - right) + (TLanes.Load(x + stride + 1) - right);
        TLanes diagonal = (downLeft - down) + (downRight - down);
        return TLanes.FusedMultiplyAdd(rowFactor, across, TLanes.FusedMultiplyAdd(TLanes.Load(columnFactor), down, diagonal));
    }
}
