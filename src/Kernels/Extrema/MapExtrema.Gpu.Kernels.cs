using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Extrema;

/// <summary>The extremes on a GPU: threads stride over the values, warps shuffle, one atomic operation a warp.</summary>
internal static class MapExtremaGpuKernels
{
    /// <summary>Lowers and raises the extremes in state, as ordered bits, to the values; state[2] tells of NaN.</summary>
    [GpuKernel]
    public static void AddExtrema(ArrayView<float> values, ArrayView<int> state)
    {
        int least = int.MaxValue;
        int greatest = int.MinValue;
        int nan = 0;
        for (long i = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; i < values.Length; i += (long)Grid.DimX * Group.DimX)
        {
            float value = values[i];
            if (!float.IsNaN(value))
            {
                int bits = GroupReduce.OrderedBits(value);
                least = IntrinsicMath.Min(least, bits);
                greatest = IntrinsicMath.Max(greatest, bits);
            }
            else
            {
                nan = 1;
            }
        }

        least = GroupReduce.WarpMin(least);
        greatest = GroupReduce.WarpMax(greatest);
        nan = GroupReduce.WarpMax(nan);
        if (Warp.LaneIdx == 0)
        {
            Atomic.Min(ref state[0], least);
            Atomic.Max(ref state[1], greatest);
            Atomic.Max(ref state[2], nan);
        }
    }
}
