using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine.Localisation;
using CAManim.Native.Engine.Methods;
using Spectre.Console;

namespace CAManim.Native.Cli.Running;

/// <summary>An evaluation as table, report, CSV and plot.</summary>
internal static class EvaluateOutputs
{
    public static void WriteCsv(string path, IReadOnlyList<EvaluateOutcome> outcomes)
    {
        using StreamWriter writer = new(path);
        EvaluationCsv.Write(outcomes.Select(o => KeyValuePair.Create(o.Method, o.Tally)), writer);
    }

    public static void WriteRoadCsv(string path, IReadOnlyList<EvaluateOutcome> outcomes)
    {
        using StreamWriter writer = new(path);
        ChoiceCsv.Write(outcomes.Select(o => KeyValuePair.Create(o.Method, new ChoiceTally(o.Choices))), writer);
    }

    public static void WritePlot(string path, EvaluateRequest request, IReadOnlyList<EvaluateOutcome> outcomes)
    {
        IReadOnlyList<EvaluationScore> layers = outcomes[0].Tally.Layers;
        List<PlotSeries> series = [.. outcomes.Select(o => new PlotSeries(o.Method, [.. o.Tally.Layers.Select(s => s.IsSpatial ? s.Pointing : double.NaN)]))];
        series.Add(new PlotSeries("chance", [.. Enumerable.Repeat(outcomes[0].Tally.Chance, layers.Count)]) { IsReference = true });
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

    public static EvaluateReport Report(EvaluateRequest request, IReadOnlyList<EvaluateOutcome> outcomes) => new(
        request.Model,
        request.Weights,
        request.Scenes,
        request.Seed,
        request.Objects,
        outcomes[0].Tally.Objects,
        outcomes[0].Tally.Chance,
        [.. outcomes.Select(o => new EvaluateMethod(o.Method, o.Tally.Last, o.Tally.Best, o.Tally.MeanPointing, o.Tally.MeanEnergy, request.ByRoad ? ByRoad(new ChoiceTally(o.Choices)) : null, o.Tally.Layers))]);

    public static void Print(TextWriter output, EvaluateRequest request, IReadOnlyList<EvaluateOutcome> outcomes)
    {
        EvaluationTally any = outcomes[0].Tally;
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
        foreach (EvaluateOutcome outcome in outcomes)
        {
            table.AddRow([Name(outcome), .. Cells(outcome.Tally.Last), .. Cells(outcome.Tally.Best), Percent(outcome.Tally.MeanPointing), Percent(outcome.Tally.MeanEnergy)]);
        }

        IAnsiConsole console = Tables.Open(output);
        console.Write(table);
        if (request.ByRoad)
        {
            output.WriteLine("The layer with the highest ROAD against the final layer, object by object:");
            console.Write(ByRoad(outcomes));
        }
    }

    private static Table ByRoad(IReadOnlyList<EvaluateOutcome> outcomes)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("method");
        foreach (string column in (string[])["final points", "chosen points", "gain", "only chosen", "only final", "same map", "no score"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumn("usual choice");
        foreach (EvaluateOutcome outcome in outcomes)
        {
            ChoiceTally tally = new(outcome.Choices);
            table.AddRow([
                Name(outcome), Percent(tally.FinalPointing), Percent(tally.BestPointing), Points(tally.Gain),
                .. new[] { tally.OnlyBest, tally.OnlyFinal, tally.Same, tally.Without }.Select(n => n.ToString(CultureInfo.InvariantCulture)), Tables.Cell(tally.UsualLayer ?? "-")]);
        }

        return table;
    }

    private static EvaluateChoice ByRoad(ChoiceTally tally) => new(
        tally.FinalPointing, tally.BestPointing, tally.Gain, tally.OnlyBest, tally.OnlyFinal, tally.Same, tally.Without, tally.UsualLayer);

    private static string Name(EvaluateOutcome outcome) =>
        Tables.Cell(outcome.Method + (outcome.Method == CamMethods.NameOf(CamMethod.RandomCAM) ? " (baseline)" : ""));

    // Of percent.
    private static string Points(double? difference) => difference is { } value ? (100 * value).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : "-";

    private static string[] Cells(EvaluationScore? score) =>
        score is null ? ["-", "-", "-"] : [Tables.Cell(score.Layer), Percent(score.Pointing), Percent(score.Energy)];

    private static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";
}
