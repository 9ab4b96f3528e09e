using System.Numerics;
using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop;

/// <summary>Which processors the calling thread may run on; for systems of at most 1024, as the C library's own set.</summary>
internal static unsafe partial class Affinity
{
    private const int Words = 16;
    private const int BitsPerWord = 64;

    /// <summary>The processors of this thread, in ascending order; none where the system does not say.</summary>
    public static int[] Read()
    {
        ulong* set = stackalloc ulong[Words];
        new Span<ulong>(set, Words).Clear();
        if (!OperatingSystem.IsLinux() || sched_getaffinity(0, Words * sizeof(ulong), set) < 0)
        {
            return [];
        }

        List<int> processors = [];
        for (int word = 0; word < Words; word++)
        {
            for (ulong rest = set[word]; rest != 0; rest &= rest - 1)
            {
                processors.Add((word * BitsPerWord) + BitOperations.TrailingZeroCount(rest));
            }
        }

        return [.. processors];
    }

    /// <summary>Keeps this thread on these processors.</summary>
    /// <returns>Whether the system did.</returns>
    public static bool Write(ReadOnlySpan<int> processors)
    {
        ulong* set = stackalloc ulong[Words];
        new Span<ulong>(set, Words).Clear();
        foreach (int processor in processors)
        {
            set[processor / BitsPerWord] |= 1UL << (processor % BitsPerWord);
        }

        return sched_setaffinity(0, Words * sizeof(ulong), set) == 0;
    }

    [LibraryImport("libc")]
    private static partial int sched_getaffinity(int thread, nuint size, ulong* set);

    [LibraryImport("libc")]
    private static partial int sched_setaffinity(int thread, nuint size, ulong* set);
}
