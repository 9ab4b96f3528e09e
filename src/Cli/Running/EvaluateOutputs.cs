using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine.Localisation;
using CAManim.Native.Engine.Methods;
using Spectre.Console;

namespace CAManim.Native.Cli.Running;

/// <summary>An evaluation as table, report, CSV and plot.</summary>
internal static class EvaluateOutputs
{
    // Where no terminal says how wide it is.
    private const int WidthOfFiles = 140;

    public static void WriteCsv(string path, IReadOnlyList<KeyValuePair<string, EvaluationTally>> tallies)
    {
        using StreamWriter writer = new(path);
        EvaluationCsv.Write(tallies, writer);
    }

    public static void WritePlot(string path, EvaluateRequest request, IReadOnlyList<KeyValuePair<string, EvaluationTally>> tallies)
    {
        IReadOnlyList<EvaluationScore> layers = tallies[0].Value.Layers;
        List<PlotSeries> series = [.. tallies.Select(t => new PlotSeries(t.Key, [.. t.Value.Layers.Select(s => s.IsSpatial ? s.Pointing : double.NaN)]))];
        series.Add(new PlotSeries("chance", [.. Enumerable.Repeat(tallies[0].Value.Chance, layers.Count)]) { IsReference = true });
        SeriesPlot.Write(path, series, new SeriesPlotOptions
        {
            Title = $"{request.Model}: maps that point at their object",
            HorizontalLabel = "Layer",
            VerticalLabel = "Share of maps",
            FrameNames = [.. layers.Select(s => s.Layer)],
            Minimum = 0,
            Maximum = 1,
            DotsPerInch = 192,
        });
    }

    public static EvaluateReport Report(EvaluateRequest request, IReadOnlyList<KeyValuePair<string, EvaluationTally>> tallies) => new(
        request.Model,
        request.Weights,
        request.Scenes,
        request.Seed,
        request.Objects,
        tallies[0].Value.Objects,
        tallies[0].Value.Chance,
        [.. tallies.Select(t => new EvaluateMethod(t.Key, t.Value.Last, t.Value.Best, t.Value.MeanPointing, t.Value.MeanEnergy, t.Value.Layers))]);

    public static void Print(TextWriter output, EvaluateRequest request, IReadOnlyList<KeyValuePair<string, EvaluationTally>> tallies)
    {
        EvaluationTally any = tallies[0].Value;
        output.WriteLine($"{request.Model}: {request.Scenes} scenes of seed {request.Seed}, {any.Objects} objects; chance (mean area of an object) {Percent(any.Chance)}");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("method");
        foreach (string column in (string[])["last layer", "best layer"])
        {
            table.AddColumn(column);
            table.AddColumn(new TableColumn("points").RightAligned());
            table.AddColumn(new TableColumn("energy").RightAligned());
        }

        table.AddColumn(new TableColumn("mean points").RightAligned());
        table.AddColumn(new TableColumn("energy").RightAligned());
        foreach ((string method, EvaluationTally tally) in tallies)
        {
            table.AddRow([
                Markup.Escape(method + (method == CamMethods.NameOf(CamMethod.RandomCAM) ? " (baseline)" : "")),
                .. Cells(tally.Last), .. Cells(tally.Best), Percent(tally.MeanPointing), Percent(tally.MeanEnergy)]);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out))
        {
            console.Profile.Width = WidthOfFiles;
        }

        console.Write(table);
    }

    private static string[] Cells(EvaluationScore? score) =>
        score is null ? ["-", "-", "-"] : [Markup.Escape(score.Layer), Percent(score.Pointing), Percent(score.Energy)];

    private static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";
}
