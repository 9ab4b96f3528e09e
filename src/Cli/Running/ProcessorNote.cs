using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Cli.Running;

/// <summary>The line that says that the processor was not taken as it is.</summary>
internal static class ProcessorNote
{
    /// <summary>Writes it after a run that computed something; not where programs read the stream, or nothing is to be told.</summary>
    /// <param name="progress">The word of <c>--progress</c>, or null.</param>
    /// <param name="stderr">Where to.</param>
    public static void Write(string? progress, TextWriter stderr)
    {
        if (progress?.ToLowerInvariant() is not ("json" or "none") && TorchRuntime.ProcessorIfAsked is { } report && Line(report) is { } line)
        {
            stderr.WriteLine(line);
        }
    }

    /// <summary>The line, or null where there is nothing to say.</summary>
    public static string? Line(ProcessorReport report)
    {
        string verdict = report.Verdict switch
        {
            ProcessorVerdict.Right => "tested, right",
            ProcessorVerdict.Wrong => "tested, WRONG",
            _ => $"not tested: {report.Reason}",
        };
        return report.IsChanged ? $"processor: {report.Note}; {verdict}" : null;
    }
}
