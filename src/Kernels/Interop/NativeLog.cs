using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop;

/// <summary>What libtorch says of itself on standard error: warnings of its parts, over a hundred lines in some runs, which are no use to a user.</summary>
internal static unsafe class NativeLog
{
    /// <summary>Environment variable; <c>debug</c> shows it.</summary>
    public const string Variable = "CAMANIM_LOG";

    // libtorch's own, which goes before.
    private const string TorchVariable = "TORCH_CPP_LOG_LEVEL";

    // c10's least severity that is written, an int: 1 warnings (as it comes), 2 errors.
    private const string LevelSymbol = "FLAGS_caffe2_log_level";
    private const int Errors = 2;

    /// <summary>Whether it is to be seen.</summary>
    public static bool IsShown => string.Equals(Environment.GetEnvironmentVariable(Variable), "debug", StringComparison.OrdinalIgnoreCase);

    /// <summary>Leaves errors only, unless the user wants to see more.</summary>
    /// <param name="library">libc10.</param>
    public static void Quiet(nint library)
    {
        if (!IsShown && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TorchVariable)) && NativeLibrary.TryGetExport(library, LevelSymbol, out nint level))
        {
            *(int*)level = Math.Max(*(int*)level, Errors);
        }
    }
}
