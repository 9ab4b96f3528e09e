using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The two passes of an iteration over the image's rows; each finishes a row and then uses the row before it, still in cache.</summary>
internal static unsafe class FineSweeps<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Lanes = LanesTail.Width;

    /// <summary>Smoothed y = x + r(x)/diagonal; right-hand side of the first coarse grid = P' r(y).</summary>
    /// <param name="grid">The image's grid.</param>
    /// <param name="right">First coarse grid's right-hand side.</param>
    public static void Down(FineGrid grid, float* right)
    {
        GridLayout layout = grid.Layout;
        for (int y = 0; y <= layout.Height; y++)
        {
            if (y < layout.Height)
            {
                nint row = (nint)y * layout.Stride;
                ResidualRow<TLanes> residuals = new(grid.Current + row + grid.From[y], layout.Stride, grid.RowFactor(y));
                for (int x = grid.From[y]; x < grid.To[y]; x += Lanes)
                {
                    TLanes residual = residuals.Next(grid.Current + row + x, grid.ColumnFactor + x, out TLanes value);
                    TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Load(grid.Inverse + row + x), residual, value), grid.Smoothed + row + x);
                }

                Replicate(grid.Smoothed, layout, y);
            }

            if (y > 0)
            {
                RestrictResidual(grid, y - 1, right);
            }
        }
    }

    /// <summary>
    /// w = y + P e, x3 = w + r(w)/diagonal, new x = x + a (x3 - x) + b (x - previous x), written over the previous one.
    /// </summary>
    /// <returns>The largest change of a pixel.</returns>
    public static float Up(FineGrid grid, float* correction, float a, float b)
    {
        GridLayout layout = grid.Layout;
        TLanes largest = TLanes.Zero;
        for (int y = 0; y <= layout.Height; y++)
        {
            if (y < layout.Height)
            {
                Correct(grid, y, correction);
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

    // Two rows add up what goes to a coarse row and to the one below: an even row counts whole for the first, an odd one half for each.
    private static void RestrictResidual(FineGrid grid, int y, float* right)
    {
        GridLayout layout = grid.Layout;
        nint row = (nint)y * layout.Stride;
        bool isEven = y % 2 == 0;
        bool isLast = y == layout.Height - 1;
        ResidualRow<TLanes> residuals = new(grid.Smoothed + row + grid.From[y], layout.Stride, grid.RowFactor(y));
        TLanes upper = TLanes.Broadcast(isEven || isLast ? 1 : 0.5f);
        TLanes half = TLanes.Broadcast(0.5f);
        if (y == 0)
        {
            new Span<float>(grid.UpperRow, layout.PaddedWidth).Clear();
        }

        if (!isEven)
        {
            new Span<float>(grid.LowerRow, layout.PaddedWidth).Clear();
        }

        for (int x = grid.From[y]; x < grid.To[y]; x += Lanes)
        {
            TLanes residual = residuals.Next(grid.Smoothed + row + x, grid.ColumnFactor + x, out _);
            residual = TLanes.WhereNotZero(TLanes.Load(grid.Inverse + row + x), residual);
            TLanes.Store(TLanes.FusedMultiplyAdd(upper, residual, TLanes.Load(grid.UpperRow + x)), grid.UpperRow + x);
            if (!isEven)
            {
                TLanes.Store(half * residual, grid.LowerRow + x);
            }
        }

        if (!isEven || isLast)
        {
            GridLayout coarse = layout.Coarser;
            FinestRows<TLanes>.Restrict(grid.UpperRow, grid.Shares, coarse.Stride, right + ((nint)(y / 2) * coarse.Stride), coarse.PaddedWidth);
            grid.SwapRows();
        }
    }

    // Coarse rows are spread over full rows once; an odd row takes half of each of two.
    private static void Correct(FineGrid grid, int y, float* correction)
    {
        GridLayout layout = grid.Layout;
        GridLayout coarse = layout.Coarser;
        float* source = correction + ((nint)(y / 2) * coarse.Stride);
        if (y == 0)
        {
            FinestRows<TLanes>.Prolong(source, grid.Shares, coarse.Stride, grid.UpperRow, coarse.PaddedWidth);
        }

        bool isBetween = y % 2 != 0 && y + 1 < layout.Height;
        if (isBetween)
        {
            FinestRows<TLanes>.Prolong(source + coarse.Stride, grid.Shares, coarse.Stride, grid.LowerRow, coarse.PaddedWidth);
        }

        nint row = (nint)y * layout.Stride;
        TLanes half = TLanes.Broadcast(0.5f);
        for (int x = grid.From[y]; x < grid.To[y]; x += Lanes)
        {
            TLanes step = TLanes.Load(grid.UpperRow + x);
            step = isBetween ? half * (step + TLanes.Load(grid.LowerRow + x)) : step;
            step = TLanes.WhereNotZero(TLanes.Load(grid.Inverse + row + x), step);
            TLanes.Store(TLanes.Load(grid.Smoothed + row + x) + step, grid.Smoothed + row + x);
        }

        if (isBetween)
        {
            grid.SwapRows();
        }
    }

    private static TLanes Extrapolate(FineGrid grid, int y, TLanes a, TLanes b, TLanes largest)
    {
        GridLayout layout = grid.Layout;
        nint row = (nint)y * layout.Stride;
        ResidualRow<TLanes> residuals = new(grid.Smoothed + row + grid.From[y], layout.Stride, grid.RowFactor(y));
        for (int x = grid.From[y]; x < grid.To[y]; x += Lanes)
        {
            TLanes inverse = TLanes.Load(grid.Inverse + row + x);
            TLanes residual = residuals.Next(grid.Smoothed + row + x, grid.ColumnFactor + x, out TLanes corrected);
            TLanes smoothed = TLanes.FusedMultiplyAdd(inverse, residual, corrected);
            TLanes current = TLanes.Load(grid.Current + row + x);
            TLanes change = TLanes.FusedMultiplyAdd(a, smoothed - current, b * (current - TLanes.Load(grid.Previous + row + x)));
            change = TLanes.WhereNotZero(inverse, change);
            largest = TLanes.Higher(TLanes.Abs(change), largest);
            TLanes.Store(current + change, grid.Previous + row + x);
        }

        return largest;
    }
}
