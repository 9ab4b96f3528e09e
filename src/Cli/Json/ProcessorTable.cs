using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Cli.Json;

/// <summary>The self-test of the processor, as the doctor shows it.</summary>
internal sealed record ProcessorTable(string Name, string Rung, string Verdict, string Note, string? Reason, bool BFloat16, IReadOnlyList<ProcessorRow> Cases)
{
    /// <summary>Of a report.</summary>
    public static ProcessorTable From(ProcessorReport report) => new(
        report.Processor,
        ProcessorSummary.Of(report.Rung),
        ProcessorSummary.Of(report.Verdict),
        report.Note,
        report.Reason,
        report.IsBFloat16Right,
        [.. report.Trials.SelectMany(t => t.Cases.Select(c => ProcessorRow.From(t.Rung, c)))]);
}
