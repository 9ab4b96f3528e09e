using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Interop;
using TorchSharp;

namespace CAManim.Native.Cli.Doctor;

/// <summary>libtorch, libstdc++ and the allocator.</summary>
internal static class Torch
{
    public static IEnumerable<Finding> Check(TorchRuntimeReport report)
    {
        if (report.Problem is not null)
        {
            yield return new Finding("libtorch", FindingState.Problem, "not loaded", report.Problem);
        }
        else
        {
            yield return TryCompute(report);
            if (report.VersionNote is not null)
            {
                yield return new Finding("libtorch version", FindingState.Note, report.LibTorchVersion ?? "unknown", report.VersionNote);
            }

            yield return new Finding("libstdc++", FindingState.Ok, report.IsPatched
                ? $"older than TorchSharp asks for (GLIBCXX_3.4.32); a patched copy of its library is used: {report.Wrapper}"
                : $"as new as TorchSharp asks for; its library is used unchanged{(report.Wrapper is null ? "" : $": {report.Wrapper}")}");
        }

        bool isTuned = report.Malloc.Contains("threshold", StringComparison.Ordinal) || report.Malloc.StartsWith("not needed", StringComparison.Ordinal);
        yield return new Finding("malloc", isTuned ? FindingState.Ok : FindingState.Note, $"{report.Malloc}{Environments()}", isTuned
            ? null
            : "Forward passes may take twice as long. Unset CAMANIM_MALLOC, or set MALLOC_MMAP_THRESHOLD_=33554432 and MALLOC_TRIM_THRESHOLD_=1073741824.");
    }

    private static Finding TryCompute(TorchRuntimeReport report)
    {
        try
        {
            return Compute(report);
        }
        catch (Exception error)
        {
            return new Finding("libtorch", FindingState.Problem, $"loaded from {report.LibTorch ?? "an unknown folder"}, but does not work: {(error.InnerException ?? error).Message.Split('\n')[0]}", $"Install the tool again, or point {TorchRuntime.Variable} to a libtorch of the version that it was made for.");
        }
    }

    // Apart, so that TorchSharp is not touched before the try above.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Finding Compute(TorchRuntimeReport report)
    {
        using torch.Tensor ones = torch.ones(4);
        using torch.Tensor sum = ones.sum();
        string found = $"{torch.__version__} in {report.LibTorch ?? "the system's folders"}, {torch.get_num_threads()} threads, CUDA {(torch.cuda.is_available() ? $"with {torch.cuda.device_count()} devices" : "not in use")}";
        return sum.item<float>() == 4
            ? new Finding("libtorch", FindingState.Ok, found)
            : new Finding("libtorch", FindingState.Problem, $"{found}; 1+1+1+1 gave {sum.item<float>()}", "Install the tool again: libtorch computes wrong sums.");
    }

    private static string Environments()
    {
        string[] set = [.. new[] { "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_ARENA_MAX", "LD_PRELOAD" }
            .Select(name => (name, value: Environment.GetEnvironmentVariable(name)))
            .Where(v => !string.IsNullOrEmpty(v.value))
            .Select(v => $"{v.name}={v.value}")];
        return set.Length == 0 ? "" : $" ({string.Join(", ", set)})";
    }
}
