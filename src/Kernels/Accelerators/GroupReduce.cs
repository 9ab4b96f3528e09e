using ILGPU;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>Reductions over the threads of a group: shuffles within a warp, then one value a warp through shared memory.</summary>
/// <remarks>Called by all threads of the group together; the first thread has the result.</remarks>
internal static class GroupReduce
{
    // One value a warp; the emulator's warps may be as small as 4 threads.
    private const int MostWarps = 128;

    /// <summary>The sum, in a fixed order.</summary>
    public static float Sum(float value)
    {
        for (int step = Warp.WarpSize / 2; step > 0; step /= 2)
        {
            value += Warp.ShuffleDown(value, step);
        }

        ArrayView<float> warps = SharedMemory.Allocate<float>(MostWarps);
        if (Warp.LaneIdx == 0)
        {
            warps[Group.IdxX / Warp.WarpSize] = value;
        }

        Group.Barrier();
        value = 0;
        if (Group.IdxX == 0)
        {
            for (int warp = 0; warp < Group.DimX / Warp.WarpSize; warp++)
            {
                value += warps[warp];
            }
        }

        // The next call writes the same memory.
        Group.Barrier();
        return value;
    }

    /// <summary>The smallest of the values within the warp, for its first lane.</summary>
    public static int WarpMin(int value)
    {
        for (int step = Warp.WarpSize / 2; step > 0; step /= 2)
        {
            value = IntrinsicMath.Min(value, Warp.ShuffleDown(value, step));
        }

        return value;
    }

    /// <summary>The largest of the values within the warp, for its first lane.</summary>
    public static int WarpMax(int value)
    {
        for (int step = Warp.WarpSize / 2; step > 0; step /= 2)
        {
            value = IntrinsicMath.Max(value, Warp.ShuffleDown(value, step));
        }

        return value;
    }

    /// <summary>Integers that are ordered like the floats they stand for (NaN excepted): hardware has atomic extremes of integers.</summary>
    public static int OrderedBits(float value)
    {
        int bits = (int)ILGPU.Interop.FloatAsInt(value);
        return bits >= 0 ? bits : bits ^ int.MaxValue;
    }

    /// <summary>The float of <see cref="OrderedBits"/>.</summary>
    public static float FromOrderedBits(int bits) => ILGPU.Interop.IntAsFloat((uint)(bits >= 0 ? bits : bits ^ int.MaxValue));
}
