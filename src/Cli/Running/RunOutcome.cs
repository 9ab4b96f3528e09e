using System.Text;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Cli.Running;

/// <summary>What a run made.</summary>
/// <param name="Report">What was made.</param>
/// <param name="Json">The same as text.</param>
/// <param name="Note">What went another way than the fastest, or null.</param>
internal sealed record RunOutcome(RunReport Report, string Json, string? Note)
{
    /// <summary>For people: one fact a line.</summary>
    public string Summary()
    {
        StringBuilder text = new();
        text.AppendLine($"{Report.Model}, {Report.Method}: {Describe(Report.Target, Report.Probability)}");
        foreach (TargetDetails other in Report.OtherTargets)
        {
            text.AppendLine($"and {Describe(other.Target, other.Probability)}");
        }

        if (Scores.Explain(Choice.Activation(Report.Activation), Report.ActivationReason) is { } how)
        {
            text.AppendLine(how);
        }

        if (Scores.Sentence(Report.Top5, Choice.Activation(Report.Activation)) is { } top)
        {
            text.AppendLine(top);
        }

        if (Report.Weights.StartsWith("rule:", StringComparison.Ordinal))
        {
            text.AppendLine("the weights are made up by a rule: the maps mean nothing");
        }

        foreach (string warning in Report.Warnings ?? [])
        {
            text.AppendLine($"warning: {warning}");
        }

        string flags = Report.Totals.Constant + Report.Totals.NonFinite == 0 ? "" : $", {Report.Totals.Constant} constant, {Report.Totals.NonFinite} not finite";
        text.AppendLine($"{Report.Totals.Frames} frames, {Report.Totals.Skipped} calls skipped{flags}; {Report.ElapsedMilliseconds.Total / 1000:0.00} s, of which maps {Report.ElapsedMilliseconds.Maps / 1000:0.00} s");
        foreach ((string asked, RunTotals totals) in Report.OtherTargets.Select(o => (o.Target.Asked, o.Totals)).Prepend((Report.Target.Asked, Report.Totals)))
        {
            if (totals.Road is { } road)
            {
                string name = Report.OtherTargets.Count == 0 ? "ROAD" : $"ROAD of {asked}";
                text.AppendLine(road.Max is null ? $"{name}: no map has a score" : road.MaxLayer is null ? $"{name}: {road.Max:0.000} at every layer, which tells none from another; {Report.ElapsedMilliseconds.Road / 1000:0.00} s" : $"{name}: mean {road.Mean:0.000}, highest {road.Max:0.000} at {VisibleText.Line(road.MaxLayer)}, final layer {road.FinalLayerRoad?.ToString("0.000") ?? "without a score"}; {Report.ElapsedMilliseconds.Road / 1000:0.00} s");
            }
        }

        if (Report.Outputs.Video is { } video)
        {
            text.AppendLine($"{video.File}: {video.Width}x{video.Height}, {video.Codec}, {video.SizeInBytes / 1024.0:0.0} KiB");
        }

        foreach (string? other in (string?[])[Report.Outputs.Maps, Report.Outputs.Report, Report.Outputs.FramesFolder, Report.Outputs.BestLayer, Report.Outputs.ContactSheet, Report.Outputs.Fused, Report.Outputs.Page, Report.Outputs.Picture, Report.Outputs.Heatmap])
        {
            if (other is not null)
            {
                text.AppendLine(other);
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string Describe(TargetReport target, float? probability) =>
        $"{VisibleText.Line(target.Name)} ({target.Index}) at {probability:0.000}{(target.Asked is "top" || target.Asked == target.Name ? "" : $", asked for as {target.Asked}")}";
}
