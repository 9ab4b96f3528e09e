using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Outputs;
using Spectre.Console;

namespace CAManim.Native.Cli.Running;

/// <summary>A comparison for people: what was compared and, where the picture's objects are known, where the maps of the deepest layer lie.</summary>
internal static class CompareSummary
{
    public static void Print(TextWriter output, CompareReport report)
    {
        int methods = report.Series.Select(s => s.Method).Distinct().Count();
        output.WriteLine($"{report.Model}: {methods} methods, {string.Join(", ", report.Targets.Select(t => t.Asked == t.Name ? t.Name : $"{t.Name} (asked for as {t.Asked})"))}; {report.Frames} layers; {report.ElapsedMilliseconds.Total / 1000:0.00} s, of which maps {report.ElapsedMilliseconds.Maps / 1000:0.00} s");
        if (Scores.Explain(Choice.Activation(report.Activation), report.ActivationReason) is { } how)
        {
            output.WriteLine(how);
        }

        foreach (string warning in report.Warnings)
        {
            output.WriteLine($"warning: {warning}");
        }

        if (report.Objects.Count > 0)
        {
            PrintEnergy(output, report);
        }

        if (report.Outputs.Video is { } video)
        {
            output.WriteLine($"{video.File}: {video.Width}x{video.Height}, {video.Codec}, {video.SizeInBytes / 1024.0:0.0} KiB");
        }

        foreach (string? other in (string?[])[report.Outputs.Grid, report.Outputs.Report, report.Outputs.FramesFolder])
        {
            if (other is not null)
            {
                output.WriteLine(other);
            }
        }
    }

    private static void PrintEnergy(TextWriter output, CompareReport report)
    {
        int deepest = report.Columns.Select((c, i) => (c.Frame, i)).Max().i;
        output.WriteLine($"Share of the map on each object at {report.Columns[deepest].Name} (area: {string.Join(", ", report.Objects.Select(o => $"{o.Name} {Percent(o.Area)}"))})");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("method").AddColumn("target");
        foreach (CompareObject one in report.Objects)
        {
            table.AddColumn(new TableColumn(Tables.Cell(one.Name)).RightAligned());
        }

        foreach (CompareSeries series in report.Series)
        {
            table.AddRow([Tables.Cell(series.Method), Tables.Cell(series.Target), .. series.Cells[deepest].Energy.Select(Percent)]);
        }

        Tables.Open(output).Write(table);
    }

    private static string Percent(double? share) => share is { } value ? value.ToString("0.0 %", CultureInfo.InvariantCulture) : "-";
}
