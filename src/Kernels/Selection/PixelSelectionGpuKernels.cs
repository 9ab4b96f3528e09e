using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Selection;

/// <summary>
/// A radix select a group: four histograms of eight bits, from the top, find the value of rank K; then every thread marks a run of pixels,
/// those below the value and as many of those equal to it as are left, counted from the first position on.
/// </summary>
/// <remarks>Maps of a batch are shared among the groups. Histograms lie in shared memory.</remarks>
internal static class PixelSelectionGpuKernels
{
    private const int Buckets = 256;

    /// <summary>marks and thresholds [M] of maps [M,n] for counts [M].</summary>
    [GpuKernel]
    public static void MarkSmallest(ArrayView<float> values, int n, ArrayView<int> counts, ArrayView<byte> marks, ArrayView<float> thresholds)
    {
        ArrayView<int> histogram = SharedMemory.Allocate<int>(Buckets);
        ArrayView<int> ties = SharedMemory.Allocate<int>(LaunchShape.MostThreads);
        ArrayView<uint> found = SharedMemory.Allocate<uint>(2);
        for (int map = Grid.IdxX; map < counts.IntLength; map += Grid.DimX)
        {
            long first = (long)map * n;
            int count = counts[map];
            uint prefix = 0;

            // Where all are marked, the value of the last rank is looked for.
            int rank = count < n ? count : n - 1;
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                for (int bucket = Group.IdxX; bucket < Buckets; bucket += Group.DimX)
                {
                    histogram[bucket] = 0;
                }

                Group.Barrier();
                for (int i = Group.IdxX; i < n; i += Group.DimX)
                {
                    uint key = Key(values[first + i]);
                    if (IsUnder(key, prefix, shift))
                    {
                        Atomic.Add(ref histogram[(int)((key >> shift) & 255)], 1);
                    }
                }

                Group.Barrier();
                if (Group.IdxX == 0)
                {
                    int bucket = 0;
                    while (rank >= histogram[bucket])
                    {
                        rank -= histogram[bucket];
                        bucket++;
                    }

                    found[0] = prefix | ((uint)bucket << shift);
                    found[1] = (uint)rank;
                }

                Group.Barrier();
                prefix = found[0];
                rank = (int)found[1];
            }

            // As many of the equal ones as rank says lie below; all of them where everything is marked.
            Mark(values, first, n, prefix, count < n ? rank : n, ties, marks);
            if (Group.IdxX == 0)
            {
                thresholds[map] = Value(prefix);
            }
        }
    }

    private static void Mark(ArrayView<float> values, long first, int n, uint threshold, int equal, ArrayView<int> ties, ArrayView<byte> marks)
    {
        int from = (int)((long)n * Group.IdxX / Group.DimX);
        int to = (int)((long)n * (Group.IdxX + 1) / Group.DimX);
        int own = 0;
        for (int i = from; i < to; i++)
        {
            own += Key(values[first + i]) == threshold ? 1 : 0;
        }

        ties[Group.IdxX] = own;
        Group.Barrier();
        int before = 0;
        for (int thread = 0; thread < Group.IdxX; thread++)
        {
            before += ties[thread];
        }

        for (int i = from; i < to; i++)
        {
            uint key = Key(values[first + i]);
            bool isMarked = key < threshold;
            if (key == threshold)
            {
                isMarked = before < equal;
                before++;
            }

            marks[first + i] = (byte)(isMarked ? 1 : 0);
        }

        // The next map writes the same shared memory.
        Group.Barrier();
    }

    // All bits above those of this step agree; at the first step there are none.
    private static bool IsUnder(uint key, uint prefix, int shift) => shift == 24 || (key >> (shift + 8)) == (prefix >> (shift + 8));

    // Both zeros are one value; ILGPU folds "value + 0f", which would make one of them, into the value.
    private static uint Key(float value)
    {
        uint bits = float.IsNaN(value) ? 0x7FFFFFFF : value == 0 ? 0 : ILGPU.Interop.FloatAsInt(value);
        return (bits & 0x80000000u) != 0 ? ~bits : bits | 0x80000000u;
    }

    private static float Value(uint key) => ILGPU.Interop.IntAsFloat((key & 0x80000000u) != 0 ? key & 0x7FFFFFFF : ~key);
}
