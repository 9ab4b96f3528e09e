using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The two passes of an iteration over the image's rows; each finishes a row and then uses the row before it, still in cache.</summary>
internal static unsafe class FineSweeps<TLanes, TSource>
    where TLanes : unmanaged, ILanes<TLanes>
    where TSource : struct, ISource
{
    private const int Lanes = LanesTail.Width;

    /// <summary>target = x + r(x)/diagonal at removed pixels; known ones are the same in both planes.</summary>
    /// <param name="grid">The image's grid.</param>
    /// <param name="source">x.</param>
    /// <param name="target">Another plane of the grid.</param>
    public static void Smooth(FineGrid grid, float* source, float* target)
    {
        for (int y = 0; y < grid.Layout.Height; y++)
        {
            SmoothRow(grid, y, source, target);
        }
    }

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
                SmoothRow(grid, y, grid.Current, grid.Smoothed);
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
                grid.Replicate(grid.Smoothed, y);
            }

            if (y > 0)
            {
                largest = Extrapolate(grid, y - 1, a, b, largest);
                grid.Replicate(grid.Previous, y - 1);
            }
        }

        grid.Swap();
        return TLanes.Maximum(largest);
    }

    // The compiler inlines only so much into one method: rows inlined into their sweep, and that into the solver, leave no room for the
    // lanes' own operations, which then are calls. So each row is a method of its own.
    // Pointers stand in locals: read from the grid they would be loaded again after every store.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SmoothRow(FineGrid grid, int y, float* source, float* target)
    {
        GridLayout layout = grid.Layout;
        nint row = (nint)y * layout.Stride;
        float* values = source + row;
        float* smoothed = target + row;
        float* inverse = grid.Inverse + row;
        float* columnFactor = grid.ColumnFactor;
        float* sources = grid.Source + row;
        float rowFactor = grid.RowFactor(y);
        for (int run = grid.FirstRun[y]; run < grid.FirstRun[y + 1]; run++)
        {
            int to = grid.RunTo[run];
            ResidualRow<TLanes> residuals = new(values + grid.RunFrom[run], layout.Stride, rowFactor);
            for (int x = grid.RunFrom[run]; x < to; x += Lanes)
            {
                TLanes residual = WithSource(residuals.Next(values + x, columnFactor + x, out TLanes value), sources + x);
                TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Load(inverse + x), residual, value), smoothed + x);
            }
        }

        grid.Replicate(target, y);
    }

    // Two rows add up what goes to a coarse row and to the one below: an even row counts whole for the first, an odd one half for each.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RestrictResidual(FineGrid grid, int y, float* right)
    {
        GridLayout layout = grid.Layout;
        nint row = (nint)y * layout.Stride;
        bool isEven = y % 2 == 0;
        bool isLast = y == layout.Height - 1;
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

        float rowFactor = grid.RowFactor(y);
        float* smoothed = grid.Smoothed + row;
        float* inverse = grid.Inverse + row;
        float* columnFactor = grid.ColumnFactor;
        float* sources = grid.Source + row;
        float* upperRow = grid.UpperRow;
        float* lowerRow = grid.LowerRow;
        for (int run = grid.FirstRun[y]; run < grid.FirstRun[y + 1]; run++)
        {
            int to = grid.RunTo[run];
            ResidualRow<TLanes> residuals = new(smoothed + grid.RunFrom[run], layout.Stride, rowFactor);
            for (int x = grid.RunFrom[run]; x < to; x += Lanes)
            {
                TLanes residual = WithSource(residuals.Next(smoothed + x, columnFactor + x, out _), sources + x);
                residual = TLanes.WhereNotZero(TLanes.Load(inverse + x), residual);
                TLanes.Store(TLanes.FusedMultiplyAdd(upper, residual, TLanes.Load(upperRow + x)), upperRow + x);
                if (!isEven)
                {
                    TLanes.Store(half * residual, lowerRow + x);
                }
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
    [MethodImpl(MethodImplOptions.NoInlining)]
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
        float* smoothed = grid.Smoothed + row;
        float* inverse = grid.Inverse + row;
        float* upperRow = grid.UpperRow;
        float* lowerRow = grid.LowerRow;
        for (int run = grid.FirstRun[y]; run < grid.FirstRun[y + 1]; run++)
        {
            int to = grid.RunTo[run];
            for (int x = grid.RunFrom[run]; x < to; x += Lanes)
            {
                TLanes step = TLanes.Load(upperRow + x);
                step = isBetween ? half * (step + TLanes.Load(lowerRow + x)) : step;
                step = TLanes.WhereNotZero(TLanes.Load(inverse + x), step);
                TLanes.Store(TLanes.Load(smoothed + x) + step, smoothed + x);
            }
        }

        if (isBetween)
        {
            grid.SwapRows();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLanes Extrapolate(FineGrid grid, int y, float a, float b, TLanes before)
    {
        GridLayout layout = grid.Layout;
        nint row = (nint)y * layout.Stride;
        float rowFactor = grid.RowFactor(y);
        float* smoothed = grid.Smoothed + row;
        float* inverse = grid.Inverse + row;
        float* current = grid.Current + row;
        float* previous = grid.Previous + row;
        float* columnFactor = grid.ColumnFactor;
        float* sources = grid.Source + row;
        TLanes step = TLanes.Broadcast(a);
        TLanes stepBefore = TLanes.Broadcast(b);

        // Parameters lie in memory; a maximum that did would wait for its own store in every step.
        TLanes largest = TLanes.Zero;
        for (int run = grid.FirstRun[y]; run < grid.FirstRun[y + 1]; run++)
        {
            int to = grid.RunTo[run];
            ResidualRow<TLanes> residuals = new(smoothed + grid.RunFrom[run], layout.Stride, rowFactor);
            for (int x = grid.RunFrom[run]; x < to; x += Lanes)
            {
                TLanes inverses = TLanes.Load(inverse + x);
                TLanes residual = WithSource(residuals.Next(smoothed + x, columnFactor + x, out TLanes corrected), sources + x);
                TLanes cycled = TLanes.FusedMultiplyAdd(inverses, residual, corrected);
                TLanes value = TLanes.Load(current + x);
                TLanes change = TLanes.FusedMultiplyAdd(step, cycled - value, stepBefore * (value - TLanes.Load(previous + x)));
                change = TLanes.WhereNotZero(inverses, change);
                largest = TLanes.Higher(TLanes.Abs(change), largest);
                TLanes.Store(value + change, previous + x);
            }
        }

        return TLanes.Higher(largest, before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes WithSource(TLanes residual, float* source) => TSource.IsThere ? residual + TLanes.Load(source) : residual;
}
