using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop;

/// <summary>Settings of the C library's allocator that decide what a forward pass costs.</summary>
/// <remarks>
/// glibc gives blocks above a threshold straight back to the system at every free; the page faults at the next allocation
/// double the time of a forward pass. Kept thresholds let a freed activation's memory serve the next one.
/// </remarks>
internal static partial class Malloc
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    // glibc refuses more than half of a heap (32 MiB on 64-bit systems).
    private const int MmapThresholdInBytes = 32 << 20;
    private const int TrimThresholdInBytes = 1 << 30;

    /// <summary>Raises both thresholds; <c>CAMANIM_MALLOC=system</c> leaves them alone.</summary>
    /// <returns>What was done, in words.</returns>
    public static string Tune()
    {
        if (Environment.GetEnvironmentVariable("CAMANIM_MALLOC") == "system")
        {
            return "left as the system has them (CAMANIM_MALLOC=system)";
        }

        if (!OperatingSystem.IsLinux())
        {
            return "not needed on this system";
        }

        try
        {
            bool mmap = SetOption(MmapThreshold, MmapThresholdInBytes) != 0;
            bool trim = SetOption(TrimThreshold, TrimThresholdInBytes) != 0;
            return mmap && trim ? "mmap threshold 32 MiB, trim threshold 1 GiB" : "refused by the C library";
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return "the C library has no mallopt (musl?); forward passes may be slower";
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
