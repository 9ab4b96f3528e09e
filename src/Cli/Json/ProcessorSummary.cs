using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Cli.Json;

/// <summary>The processor that computed a result, the code that libtorch took, and whether it is right.</summary>
internal sealed record ProcessorSummary(string Name, string Rung, string Verdict)
{
    /// <summary>Of this machine; null where libtorch is not looked after.</summary>
    public static ProcessorSummary? Here() => TorchRuntime.Processor is { } report ? new ProcessorSummary(report.Processor, Of(report.Rung), Of(report.Verdict)) : null;

    /// <summary>The words of rungs.</summary>
    public static string Of(ProcessorRung rung) => rung switch
    {
        ProcessorRung.Native => "native",
        ProcessorRung.Repaired => "repaired",
        _ => "sse41",
    };

    /// <summary>The words of verdicts.</summary>
    public static string Of(ProcessorVerdict verdict) => verdict switch
    {
        ProcessorVerdict.Right => "right",
        ProcessorVerdict.Wrong => "wrong",
        _ => "untested",
    };
}
