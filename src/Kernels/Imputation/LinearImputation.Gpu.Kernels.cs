using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation.Gpu;
using ILGPU;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The passes of an iteration on a GPU, each one kernel over all systems of a batch.</summary>
/// <remarks>
/// A thread a point of the grid that is written, neighbouring lanes neighbouring points; what a point needs of its neighbours is computed
/// again where it is needed, from planes that the first-level cache holds. No atomics; systems that are done are passed over.
/// </remarks>
internal static class LinearImputationGpuKernels
{
    /// <summary>y = x + r(x)/diagonal at removed pixels.</summary>
    [GpuKernel]
    public static void Smooth(ImputationBatchGpu batch)
    {
        ImageGridGpu grid = new(batch);
        int pixels = batch.Pixels;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < batch.Systems * pixels; i += Grid.DimX * Group.DimX)
        {
            int system = i / pixels;
            int y = i % pixels / batch.Width;
            int x = i % pixels % batch.Width;
            if (batch.States[system].Status == SystemStateGpu.Running && grid.IsRemoved(system / batch.Channels, y, x))
            {
                PlaneFieldGpu current = new(batch.Current, system * pixels, batch.Width);
                batch.Smoothed[i] = current.At(y, x) + (Residual(grid, current, y, x) / grid.Diagonal(y, x));
            }
        }
    }

    /// <summary>Right-hand side and first correction of the finest of the coarse grids: P' r(y).</summary>
    [GpuKernel]
    public static void RestrictImage(ImputationBatchGpu batch, ImputationLevelGpu coarse)
    {
        ImageGridGpu grid = new(batch);
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < batch.Systems * coarse.Points; i += Grid.DimX * Group.DimX)
        {
            int system = i / coarse.Points;
            if (batch.States[system].Status != SystemStateGpu.Running)
            {
                continue;
            }

            int mask = system / batch.Channels;
            int y = i % coarse.Points / coarse.Width;
            int x = i % coarse.Points % coarse.Width;
            PlaneFieldGpu smoothed = new(batch.Smoothed, system * batch.Pixels, batch.Width);
            float sum = 0;
            for (int step = 0; step < 9; step++)
            {
                int dy = (step / 3) - 1;
                int dx = (step % 3) - 1;
                float weight = grid.Weight(mask, y, x, dy, dx);
                if (weight != 0)
                {
                    sum += weight * Residual(grid, smoothed, (2 * y) + dy, (2 * x) + dx);
                }
            }

            coarse.Right[i] = sum;
            coarse.Before[i] = sum * coarse.Inverse[(mask * coarse.Points) + (i % coarse.Points)];
        }
    }

    /// <summary>The same from one coarse grid to the next: P' (right-hand side - matrix times first correction).</summary>
    [GpuKernel]
    public static void Restrict(ImputationBatchGpu batch, ImputationLevelGpu level, ImputationLevelGpu coarse)
    {
        StoredGridGpu grid = new(level, coarse);
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < batch.Systems * coarse.Points; i += Grid.DimX * Group.DimX)
        {
            int system = i / coarse.Points;
            if (batch.States[system].Status != SystemStateGpu.Running)
            {
                continue;
            }

            int mask = system / batch.Channels;
            int y = i % coarse.Points / coarse.Width;
            int x = i % coarse.Points % coarse.Width;
            PlaneFieldGpu right = new(level.Right, system * level.Points, level.Width);
            PlaneFieldGpu before = new(level.Before, system * level.Points, level.Width);
            float sum = 0;
            for (int step = 0; step < 9; step++)
            {
                int dy = (step / 3) - 1;
                int dx = (step % 3) - 1;
                float weight = grid.Weight(mask, y, x, dy, dx);
                if (weight != 0)
                {
                    int fineY = (2 * y) + dy;
                    int fineX = (2 * x) + dx;
                    float own = level.Entry(mask, fineY, fineX, 0, 0) * before.At(fineY, fineX);
                    sum += weight * (right.At(fineY, fineX) - own - Neighbours(level, before, mask, fineY, fineX));
                }
            }

            coarse.Right[i] = sum;
            coarse.Before[i] = sum * coarse.Inverse[(mask * coarse.Points) + (i % coarse.Points)];
        }
    }

    /// <summary>The correction of a coarse grid after that of the next coarser one and another smoothing.</summary>
    [GpuKernel]
    public static void Correct(ImputationBatchGpu batch, ImputationLevelGpu level, ImputationLevelGpu coarse)
    {
        StoredGridGpu grid = new(level, coarse);
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < batch.Systems * level.Points; i += Grid.DimX * Group.DimX)
        {
            int system = i / level.Points;
            if (batch.States[system].Status == SystemStateGpu.Running)
            {
                int mask = system / batch.Channels;
                int y = i % level.Points / level.Width;
                int x = i % level.Points % level.Width;
                PlaneFieldGpu before = new(level.Before, system * level.Points, level.Width);
                CorrectedFieldGpu<StoredGridGpu> corrected = new(grid, mask, before, coarse, system);

                float value = corrected.At(y, x);
                float step = level.Right[i] - (level.Entry(mask, y, x, 0, 0) * value) - Neighbours(level, corrected, mask, y, x);
                level.After[i] = value + (level.Inverse[(mask * level.Points) + (i % level.Points)] * step);
            }
        }
    }

    /// <summary>w = y + P e, x3 = w + r(w)/diagonal, new x = x + a (x3 - x) + b (x - previous x), written over the previous one.</summary>
    /// <remarks>changes [systems, slots]: the largest change of each warp's run of pixels; a slot a warp, groups of pixels in turn.</remarks>
    [GpuKernel]
    public static void Extrapolate(ImputationBatchGpu batch, ImputationLevelGpu coarse, float a, float b, int slots, ArrayView<float> changes)
    {
        ImageGridGpu grid = new(batch);
        int pixels = batch.Pixels;
        int warps = Group.DimX / Warp.WarpSize;
        int tiles = slots / warps;
        for (int piece = Grid.IdxX; piece < batch.Systems * tiles; piece += Grid.DimX)
        {
            int system = piece / tiles;
            if (batch.States[system].Status != SystemStateGpu.Running)
            {
                continue;
            }

            int pixel = (piece % tiles * Group.DimX) + Group.IdxX;
            int mask = system / batch.Channels;
            int y = pixel / batch.Width;
            int x = pixel % batch.Width;
            float change = 0;
            if (pixel < pixels && grid.IsRemoved(mask, y, x))
            {
                PlaneFieldGpu smoothed = new(batch.Smoothed, system * pixels, batch.Width);
                CorrectedFieldGpu<ImageGridGpu> corrected = new(grid, mask, smoothed, coarse, system);
                int i = (system * pixels) + pixel;
                float current = batch.Current[i];
                float next = corrected.At(y, x) + (Residual(grid, corrected, y, x) / grid.Diagonal(y, x));
                change = (a * (next - current)) + (b * (current - batch.Previous[i]));
                batch.Previous[i] = current + change;
            }

            // What is not a number ends the iteration as what is too large.
            change = IntrinsicMath.Abs(change);
            int largest = GroupReduce.WarpMax(GroupReduce.OrderedBits(change <= float.MaxValue ? change : float.PositiveInfinity));
            if (Warp.LaneIdx == 0)
            {
                changes[(system * slots) + (piece % tiles * warps) + (Group.IdxX / Warp.WarpSize)] = GroupReduce.FromOrderedBits(largest);
            }
        }
    }

    /// <summary>Judges each system by its largest change, one warp a system.</summary>
    [GpuKernel]
    public static void Judge(ImputationBatchGpu batch, int slots, ArrayView<float> changes, float tolerance)
    {
        for (int system = Grid.IdxX; system < batch.Systems; system += Grid.DimX)
        {
            if (batch.States[system].Status != SystemStateGpu.Running)
            {
                continue;
            }

            int largest = 0;
            for (int i = Group.IdxX; i < slots; i += Group.DimX)
            {
                largest = IntrinsicMath.Max(largest, GroupReduce.OrderedBits(changes[(system * slots) + i]));
            }

            largest = GroupReduce.WarpMax(largest);

            // A lane that reads late would see what the first one writes, and leave the loop alone.
            Group.Barrier();
            if (Group.IdxX == 0)
            {
                SystemStateGpu state = batch.States[system];
                float change = GroupReduce.FromOrderedBits(largest);
                state.EstimatedError = StoppingRule.Estimate(change, state.Iterations == 0 ? 0 : state.Change);
                state.Change = change;
                state.Iterations++;
                state.Status = state.EstimatedError <= tolerance ? SystemStateGpu.Done : SystemStateGpu.Running;
                batch.States[system] = state;
            }
        }
    }

    /// <summary>Takes the systems out of their grids.</summary>
    [GpuKernel]
    public static void Finish(ImputationBatchGpu batch, ArrayView<float> image, ArrayView<float> result)
    {
        int pixels = batch.Pixels;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < batch.Systems * pixels; i += Grid.DimX * Group.DimX)
        {
            int system = i / pixels;
            SystemStateGpu state = batch.States[system];
            float value = image[(system % batch.Channels * pixels) + (i % pixels)];
            if (batch.Removed[(system / batch.Channels * pixels) + (i % pixels)] != 0)
            {
                // The two planes changed places after every iteration.
                value = batch.Counts[system / batch.Channels] == pixels ? 0
                    : state.Status == SystemStateGpu.Broken ? float.NaN
                    : state.Iterations % 2 == 0 ? batch.Current[i] : batch.Previous[i];
            }

            result[i] = value;
        }
    }

    // Twelve times the residual inside, in differences, which keeps float32 accurate; neighbours outside are left out.
    private static float Residual<TField>(ImageGridGpu grid, TField field, int y, int x)
        where TField : struct, IFieldGpu
    {
        float centre = field.At(y, x);
        float sum = 0;
        for (int step = 0; step < 9; step++)
        {
            int dy = (step / 3) - 1;
            int dx = (step % 3) - 1;
            if (step != 4 && grid.Holds(y + dy, x + dx))
            {
                float difference = field.At(y + dy, x + dx) - centre;
                sum += dy * dx == 0 ? 2 * difference : difference;
            }
        }

        return sum;
    }

    // Matrix times vector without the diagonal.
    private static float Neighbours<TField>(ImputationLevelGpu level, TField field, int mask, int y, int x)
        where TField : struct, IFieldGpu
    {
        float sum = 0;
        for (int step = 0; step < 9; step++)
        {
            int dy = (step / 3) - 1;
            int dx = (step % 3) - 1;
            if (step != 4 && level.Holds(y + dy, x + dx))
            {
                sum += level.Entry(mask, y, x, dy, dx) * field.At(y + dy, x + dx);
            }
        }

        return sum;
    }
}
