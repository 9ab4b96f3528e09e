using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Extrema;

/// <summary>Slots to floats, and all of them to one: one group, a thread a slot, striding.</summary>
internal static class ExtremaSlotsGpuKernels
{
    /// <summary>result[slot] = minimum, maximum, 1 where something was not finite; the last for all slots.</summary>
    [GpuKernel]
    public static void Finish(ArrayView<int> state, ArrayView<float> result)
    {
        ArrayView<int> all = SharedMemory.Allocate<int>(ExtremaSlots.SlotLength);
        if (Group.IdxX == 0)
        {
            all[0] = int.MaxValue;
            all[1] = int.MinValue;
            all[2] = 0;
        }

        Group.Barrier();
        int count = state.IntLength / ExtremaSlots.SlotLength;
        for (int slot = Group.IdxX; slot < count; slot += Group.DimX)
        {
            int at = slot * ExtremaSlots.SlotLength;
            Store(result, at, state[at], state[at + 1], state[at + 2]);
            Atomic.Min(ref all[0], state[at]);
            Atomic.Max(ref all[1], state[at + 1]);
            Atomic.Max(ref all[2], state[at + 2]);
        }

        Group.Barrier();
        if (Group.IdxX == 0)
        {
            Store(result, count * ExtremaSlots.SlotLength, all[0], all[1], all[2]);
        }
    }

    /// <summary>Adds one warp's extremes to a slot.</summary>
    public static void Gather(ArrayView<int> slot, int least, int greatest, int broken)
    {
        least = GroupReduce.WarpMin(least);
        greatest = GroupReduce.WarpMax(greatest);
        broken = GroupReduce.WarpMax(broken);
        if (Warp.LaneIdx == 0)
        {
            Atomic.Min(ref slot[0], least);
            Atomic.Max(ref slot[1], greatest);
            Atomic.Max(ref slot[2], broken);
        }
    }

    private static void Store(ArrayView<float> result, int at, int least, int greatest, int broken)
    {
        bool found = least <= greatest;
        result[at] = found ? GroupReduce.FromOrderedBits(least) : 0;
        result[at + 1] = found ? GroupReduce.FromOrderedBits(greatest) : 0;
        result[at + 2] = broken;
    }
}
