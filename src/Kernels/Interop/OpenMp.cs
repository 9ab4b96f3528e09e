using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop;

/// <summary>The functions of the libgomp that libtorch computes with; not of another one that may be installed.</summary>
internal static unsafe partial class OpenMp
{
    private const int HardPause = 2;
    private const string Maps = "/proc/self/maps";

    private static readonly Lazy<nint> Library = new(Find);

    private static readonly Lazy<nint> PauseFunction = new(() => Export("omp_pause_resource_all"));
    private static readonly Lazy<nint> ThreadsFunction = new(() => Export("omp_get_max_threads"));
    private static readonly Lazy<nint> NumberFunction = new(() => Export("omp_get_thread_num"));
    private static readonly Lazy<nint> ParallelFunction = new(() => Export("GOMP_parallel"));

    /// <summary>Whether all of them are there: libtorch is loaded, and with GNU's OpenMP.</summary>
    public static bool IsPresent => PauseFunction.Value != 0 && ThreadsFunction.Value != 0 && NumberFunction.Value != 0 && ParallelFunction.Value != 0;

    /// <summary>Threads of a parallel region that this thread begins, itself among them.</summary>
    public static int MaxThreads => ((delegate* unmanaged<int>)ThreadsFunction.Value)();

    /// <summary>Which of a region's threads this is; 0 is the one that began it.</summary>
    public static int ThreadNumber => ((delegate* unmanaged<int>)NumberFunction.Value)();

    /// <summary>Ends the helpers that are kept for this thread.</summary>
    public static bool Pause() => ((delegate* unmanaged<int, int>)PauseFunction.Value)(HardPause) == 0;

    /// <summary>Runs a function on this thread and its helpers, and returns when all are through.</summary>
    public static void Parallel(delegate* unmanaged<void*, void> work, void* state, int threads) =>
        ((delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void>)ParallelFunction.Value)(work, state, (uint)threads, 0);

    private static nint Export(string name) => Library.Value != 0 && NativeLibrary.TryGetExport(Library.Value, name, out nint address) ? address : 0;

    // What libtorch has loaded is in this process already; by its path the loader hands out the same.
    private static nint Find()
    {
        _ = TorchRuntime.Load();
        if (!OperatingSystem.IsLinux() || !File.Exists(Maps))
        {
            return 0;
        }

        string? path = File.ReadLines(Maps).Select(PathOf).FirstOrDefault(p => Path.GetFileName(p).StartsWith("libgomp", StringComparison.Ordinal));
        return path is not null && NativeLibrary.TryLoad(path, out nint library) ? library : 0;
    }

    // The sixth column of: address perms offset dev inode path
    private static string PathOf(string line)
    {
        int slash = line.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : line[slash..];
    }
}
