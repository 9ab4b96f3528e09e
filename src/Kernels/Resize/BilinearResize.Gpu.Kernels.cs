using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Resize;

/// <summary>The resize on a GPU: a thread a target pixel, striding over the target; the source is small and stays in cache.</summary>
internal static class BilinearResizeGpuKernels
{
    /// <summary>target = the resized source.</summary>
    [GpuKernel]
    public static void Stretch(ArrayView<float> source, int width, ResizeTables tables, int targetWidth, ArrayView<float> target)
    {
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < target.IntLength; i += Grid.DimX * Group.DimX)
        {
            target[i] = Pixel(source, width, tables, i % targetWidth, i / targetWidth, false);
        }
    }

    /// <summary>Starts the extremes: bits of the least value, of the greatest, and whether something is not finite.</summary>
    [GpuKernel]
    public static void StartExtrema(ArrayView<int> state)
    {
        if (Grid.IdxX == 0 && Group.IdxX == 0)
        {
            state[0] = int.MaxValue;
            state[1] = int.MinValue;
            state[2] = 0;
        }
    }

    /// <summary>Lowers and raises the extremes to the resized max(map, 0); one atomic operation a warp.</summary>
    [GpuKernel]
    public static void AddExtrema(ArrayView<float> map, int width, ResizeTables tables, int targetWidth, int targetPixels, ArrayView<int> state)
    {
        int least = int.MaxValue;
        int greatest = int.MinValue;
        int broken = 0;
        int start = (Grid.IdxX * Group.DimX) + Group.IdxX;
        for (int i = start; i < targetPixels; i += Grid.DimX * Group.DimX)
        {
            float value = Pixel(map, width, tables, i % targetWidth, i / targetWidth, true);
            if (!float.IsNaN(value))
            {
                int bits = GroupReduce.OrderedBits(value);
                least = IntrinsicMath.Min(least, bits);
                greatest = IntrinsicMath.Max(greatest, bits);
            }
        }

        for (int i = start; i < map.IntLength; i += Grid.DimX * Group.DimX)
        {
            float value = map[i];

            // Negative infinity becomes 0; what is left to be not finite is NaN and positive infinity.
            broken |= value <= float.MaxValue ? 0 : 1;
        }

        least = GroupReduce.WarpMin(least);
        greatest = GroupReduce.WarpMax(greatest);
        broken = GroupReduce.WarpMax(broken);
        if (Warp.LaneIdx == 0)
        {
            Atomic.Min(ref state[0], least);
            Atomic.Max(ref state[1], greatest);
            Atomic.Max(ref state[2], broken);
        }
    }

    /// <summary>result = minimum, maximum, and 1 where something was not finite; 0, 0 where no finite pixel was found.</summary>
    [GpuKernel]
    public static void FinishExtrema(ArrayView<int> state, ArrayView<float> result)
    {
        if (Grid.IdxX == 0 && Group.IdxX == 0)
        {
            bool found = state[0] <= state[1];
            result[0] = found ? GroupReduce.FromOrderedBits(state[0]) : 0;
            result[1] = found ? GroupReduce.FromOrderedBits(state[1]) : 0;
            result[2] = state[2];
        }
    }

    private static float Pixel(ArrayView<float> source, int width, ResizeTables tables, int x, int y, bool rectify)
    {
        int left = tables.ColumnFirst[x];
        int right = tables.ColumnSecond[x];
        float across = tables.ColumnShare[x];
        float top = Row(source, tables.RowFirst[y] * width, left, right, across, rectify);
        float bottom = Row(source, tables.RowSecond[y] * width, left, right, across, rectify);
        return top + (tables.RowShare[y] * (bottom - top));
    }

    private static float Row(ArrayView<float> source, int row, int left, int right, float across, bool rectify)
    {
        float a = source[row + left];
        float b = source[row + right];
        if (rectify)
        {
            a = a < 0 ? 0 : a;
            b = b < 0 ? 0 : b;
        }

        // The last sum is 0 for numbers and NaN for infinities.
        return a + (across * (b - a)) + ((a - a) + (b - b));
    }
}
