using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Kernels.Threads;

/// <summary>The helper threads that libtorch's OpenMP keeps for every thread that has computed with it.</summary>
/// <remarks>
/// Between two operations helpers wait by spinning, as long as the process has no more OpenMP threads than processors. A second thread that
/// computes, even long after the first, brings helpers of its own, and from then on all of them sleep and are woken for every operation: a
/// pass takes 1.4 (ResNet-50) to 3 times (small layers) as long. <c>camanim-perf threads</c> measures it.
/// </remarks>
public static class TorchThreads
{
    [ThreadStatic]
    private static int _releases;

    /// <summary>How often the helpers of the calling thread were ended.</summary>
    internal static int Releases => _releases;

    /// <summary>
    /// Ends the helpers of the calling thread, for a thread that leaves the computing to another one. Its next operation starts them again,
    /// in some tens of microseconds each. Engines do so at the end of a run, networks when their weights are loaded.
    /// </summary>
    /// <returns>False where libtorch has another OpenMP than GNU's, or none.</returns>
    public static bool Release()
    {
        _releases++;
        return OpenMp.IsPresent && OpenMp.Pause();
    }
}
