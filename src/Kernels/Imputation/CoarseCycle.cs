using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>One V(1,1) cycle on the coarse grids, Jacobi before and after: a symmetric operator, as Chebyshev asks.</summary>
internal static unsafe class CoarseCycle<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Lanes = LanesTail.Width;

    /// <summary>Computes <see cref="Level.After"/> of the level from its <see cref="Level.Right"/>.</summary>
    /// <param name="levels">Finest of the coarse grids first.</param>
    /// <param name="index">The level.</param>
    /// <param name="scratch">A row of the level, then two of the next.</param>
    public static void Run(ReadOnlySpan<Level> levels, int index, float* scratch)
    {
        Level level = levels[index];
        if (level.Down is not { } down)
        {
            *level.After = *level.Right * *level.Inverse;
            return;
        }

        GridLayout layout = level.Layout;
        int width = layout.PaddedWidth;
        for (int y = 0; y < layout.Height; y++)
        {
            nint row = (nint)y * layout.Stride;
            float* inverse = level.Inverse + row;
            float* right = level.Right + row;
            float* before = level.Before + row;
            for (int x = 0; x < width; x += Lanes)
            {
                TLanes.Store(TLanes.Load(inverse + x) * TLanes.Load(right + x), before + x);
            }
        }

        float* residual = scratch + Lanes;
        float* evens = scratch + layout.Stride + Lanes;
        float* odds = evens + down.Coarse.Stride;
        for (int y = 0; y < layout.Height; y++)
        {
            nint row = (nint)y * layout.Stride;
            StencilResidualRow<TLanes> residuals = new(level, row);
            for (int x = 0; x < width; x += Lanes)
            {
                TLanes.Store(residuals.Next(level, row + x, out _), residual + x);
            }

            RowTransfer<TLanes>.Split(residual, evens, odds, down.Coarse.PaddedWidth);
            RowTransfer<TLanes>.RestrictRow(down, y, evens, odds, levels[index + 1].Right);
        }

        Run(levels, index + 1, scratch);
        for (int y = 0; y < layout.Height; y++)
        {
            RowTransfer<TLanes>.ProlongRow(down, y, levels[index + 1].After, level.Before + ((nint)y * layout.Stride));
        }

        for (int y = 0; y < layout.Height; y++)
        {
            nint row = (nint)y * layout.Stride;
            StencilResidualRow<TLanes> residuals = new(level, row);
            for (int x = 0; x < width; x += Lanes)
            {
                TLanes step = residuals.Next(level, row + x, out TLanes value);
                TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Load(level.Inverse + row + x), step, value), level.After + row + x);
            }
        }
    }
}
