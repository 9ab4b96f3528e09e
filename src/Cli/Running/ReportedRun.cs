using CAManim.Native.Cli.Json;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Cli.Running;

/// <summary>A target of a run as a page shows it.</summary>
/// <param name="Report">What <c>--json</c> has.</param>
/// <param name="Target">What it has of this target.</param>
/// <param name="Maps">The maps of its kept frames, in their order.</param>
internal sealed record ReportedRun(RunReport Report, TargetDetails Target, IReadOnlyList<LayerMap> Maps)
{
    /// <summary>All targets of a run that has just ended.</summary>
    public static IReadOnlyList<ReportedRun> Of(RunReport report, IReadOnlyList<TargetRun> runs) =>
        [.. Targets(report).Zip(runs, (target, run) => new ReportedRun(report, target, run.Result.Frames))];

    /// <summary>All targets of a run that left its maps in a file.</summary>
    public static IReadOnlyList<ReportedRun> Of(RunReport report, string maps) =>
        [.. Targets(report).Select(target => new ReportedRun(report, target, MapsFile.Read(maps, report, target)))];

    private static IEnumerable<TargetDetails> Targets(RunReport report) =>
        report.OtherTargets.Prepend(new TargetDetails(report.Target, report.Probability, report.Totals, report.Frames));
}
