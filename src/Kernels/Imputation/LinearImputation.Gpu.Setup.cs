using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation.Gpu;
using ILGPU;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>What the imputation on a GPU computes once: start and state of every system, and the matrices and transfers of every mask.</summary>
/// <remarks>One thread a point of the grid that is written; neighbouring lanes write neighbouring points. No atomics.</remarks>
internal static class LinearImputationGpuSetup
{
    /// <summary>Counts the removed pixels of each mask, one group a mask, and starts the states of its systems.</summary>
    [GpuKernel]
    public static void Count(ImputationBatchGpu batch)
    {
        for (int mask = Grid.IdxX; mask < batch.Systems / batch.Channels; mask += Grid.DimX)
        {
            // Counts of at most 2^24 are exact as floats.
            float count = 0;
            for (int i = Group.IdxX; i < batch.Pixels; i += Group.DimX)
            {
                // Of "? 1 : 0" ILGPU makes the float with the bits of the integer 1, which adds up to nothing.
                count += batch.Removed[(mask * batch.Pixels) + i] != 0 ? 1f : 0f;
            }

            count = GroupReduce.Sum(count);
            if (Group.IdxX == 0)
            {
                int removed = (int)count;
                batch.Counts[mask] = removed;
                for (int channel = 0; channel < batch.Channels; channel++)
                {
                    batch.States[(mask * batch.Channels) + channel] = new SystemStateGpu
                    {
                        Status = removed == 0 || removed == batch.Pixels ? SystemStateGpu.Done : SystemStateGpu.Running,
                    };
                }
            }
        }
    }

    /// <summary>Puts the image into all grids; removed pixels start at their own value, or at 0 where that is not finite.</summary>
    [GpuKernel]
    public static void Start(ImputationBatchGpu batch, ArrayView<float> image)
    {
        int pixels = batch.Pixels;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < batch.Systems * pixels; i += Grid.DimX * Group.DimX)
        {
            int system = i / pixels;
            float value = image[(system % batch.Channels * pixels) + (i % pixels)];
            if (!(IntrinsicMath.Abs(value) * ImputationChannel.Headroom <= float.MaxValue))
            {
                if (batch.Removed[(system / batch.Channels * pixels) + (i % pixels)] != 0)
                {
                    value = 0;
                }
                else if (batch.States[system].Status == SystemStateGpu.Running)
                {
                    // Several threads may write it: all write the same.
                    batch.States[system].Status = SystemStateGpu.Broken;
                }
            }

            batch.Current[i] = value;
            batch.Previous[i] = value;
            batch.Smoothed[i] = value;
        }
    }

    /// <summary>The matrix of the finest of the coarse grids.</summary>
    [GpuKernel]
    public static void CoarsenImage(ImputationBatchGpu batch, ImputationLevelGpu coarse)
    {
        ImageGridGpu grid = new(batch);
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < coarse.Masks * coarse.Points; i += Grid.DimX * Group.DimX)
        {
            Galerkin(grid, coarse, i);
        }
    }

    /// <summary>The matrix of a coarse grid from the one before it; the transfer between them is there.</summary>
    [GpuKernel]
    public static void Coarsen(ImputationLevelGpu level, ImputationLevelGpu coarse)
    {
        StoredGridGpu grid = new(level, coarse);
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < coarse.Masks * coarse.Points; i += Grid.DimX * Group.DimX)
        {
            Galerkin(grid, coarse, i);
        }
    }

    /// <summary>The transfer between two coarse grids, a thread a point of the finer; the weights are those of <see cref="TransferWeights{TLanes}"/>.</summary>
    [GpuKernel]
    public static void Weigh(ImputationLevelGpu level, ImputationLevelGpu coarse)
    {
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < level.Masks * level.Points; i += Grid.DimX * Group.DimX)
        {
            int mask = i / level.Points;
            int y = i % level.Points / level.Width;
            int x = i % level.Points % level.Width;
            for (int row = y / 2; row <= (y + 1) / 2; row++)
            {
                for (int column = x / 2; column <= (x + 1) / 2; column++)
                {
                    if (coarse.Holds(row, column))
                    {
                        int dy = y - (2 * row);
                        int dx = x - (2 * column);
                        coarse.Transfer[coarse.TransferIndex(mask, row, column, dy, dx)] = Share(level, mask, y, x, -dy, -dx);
                    }
                }
            }
        }
    }

    // What the point takes from the coarse point that lies in the direction (dy, dx) of it.
    private static float Share(ImputationLevelGpu level, int mask, int y, int x, int dy, int dx)
    {
        if (dy == 0 && dx == 0)
        {
            return 1;
        }

        if (dy == 0 || dx == 0)
        {
            return Side(level, mask, y, x, dy, dx);
        }

        float sum = level.Entry(mask, y, x, dy, dx);
        if (level.Holds(y + dy, x))
        {
            sum += level.Entry(mask, y, x, dy, 0) * Side(level, mask, y + dy, x, 0, dx);
        }

        if (level.Holds(y, x + dx))
        {
            sum += level.Entry(mask, y, x, 0, dx) * Side(level, mask, y, x + dx, dy, 0);
        }

        float centre = level.Entry(mask, y, x, 0, 0);
        return sum * Scale(centre, centre);
    }

    // The share of a point between two coarse points: its stencil summed across the direction.
    private static float Side(ImputationLevelGpu level, int mask, int y, int x, int dy, int dx)
    {
        float towards = 0;
        float across = 0;
        for (int step = -1; step <= 1; step++)
        {
            towards += level.Entry(mask, y, x, dy + (step * dx), dx + (step * dy));
            across += level.Entry(mask, y, x, step * dx, step * dy);
        }

        return towards * Scale(level.Entry(mask, y, x, 0, 0), across);
    }

    private static float Scale(float centre, float denominator) =>
        centre >= Multigrid.LeastDiagonal && denominator >= centre * Multigrid.LeastDenominator ? -1 / denominator : 0;

    // Five entries of P'AP at one coarse point, and the inverse diagonal.
    private static void Galerkin<TGrid>(TGrid grid, ImputationLevelGpu coarse, int i)
        where TGrid : struct, IFineGridGpu
    {
        int mask = i / coarse.Points;
        int y = i % coarse.Points / coarse.Width;
        int x = i % coarse.Points % coarse.Width;
        for (int plane = 0; plane < 5; plane++)
        {
            int towardsY = plane < 2 ? 0 : 1;
            int towardsX = plane < 2 ? plane : plane - 3;
            float sum = coarse.Holds(y + towardsY, x + towardsX) ? Product(grid, mask, y, x, towardsY, towardsX) : 0;
            coarse.Matrix[(plane * coarse.Masks * coarse.Points) + i] = sum;
            if (plane == 0)
            {
                coarse.Inverse[i] = sum >= Multigrid.LeastDiagonal ? (coarse.Points == 1 ? 1 : Multigrid.Relaxation) / sum : 0;
            }
        }
    }

    // Sum over the fine points around both coarse points of weight, entry, weight.
    private static float Product<TGrid>(TGrid grid, int mask, int y, int x, int towardsY, int towardsX)
        where TGrid : struct, IFineGridGpu
    {
        float sum = 0;
        for (int from = 0; from < 9; from++)
        {
            int fromY = (from / 3) - 1;
            int fromX = (from % 3) - 1;
            float weight = grid.Weight(mask, y, x, fromY, fromX);
            if (weight == 0)
            {
                continue;
            }

            float row = 0;
            for (int step = 0; step < 9; step++)
            {
                int dy = (step / 3) - 1;
                int dx = (step % 3) - 1;
                int toY = fromY + dy - (2 * towardsY);
                int toX = fromX + dx - (2 * towardsX);
                if (toY >= -1 && toY <= 1 && toX >= -1 && toX <= 1)
                {
                    row += grid.Entry(mask, (2 * y) + fromY, (2 * x) + fromX, dy, dx) * grid.Weight(mask, y + towardsY, x + towardsX, toY, toX);
                }
            }

            sum += weight * row;
        }

        return sum;
    }
}
