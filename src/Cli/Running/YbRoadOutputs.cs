using System.Globalization;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Road;
using Spectre.Console;

namespace CAManim.Native.Cli.Running;

/// <summary>Series as tables.</summary>
internal static class YbRoadOutputs
{
    public static void Print(TextWriter output, YbRoadRequest request, YbRoadOutcome outcome)
    {
        YbRoadResult any = outcome.Series[0].Result;
        output.WriteLine($"{outcome.Model}, {string.Join(" and ", request.Methods.Select(CamMethods.NameOf))}: ROAD of {any.Layers.Count} layers, {(any.Options.Mode == RoadMode.Exact ? "exact" : "reference")} mode, {(any.Options.Trials == 1 ? "1 trial" : $"{any.Options.Trials} trials")}{(any.Options.Precision == Precision.Float32 ? "" : ", bfloat16")}");
        if (Scores.Explain(any.Options.Activation, outcome.Series[0].ActivationReason) is { } how)
        {
            output.WriteLine(how);
        }

        foreach (string warning in outcome.Series.SelectMany(s => s.Warnings.Select(w => outcome.Series.Count == 1 ? w : $"{outcome.NameOf(s)}: {w}")).Distinct())
        {
            output.WriteLine($"warning: {warning}");
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumn("target").AddColumn(Right("score")).AddColumn(Right("mean"));
        bool hasDeviation = outcome.Series.Any(s => s.Result.Deviation is not null);
        if (hasDeviation)
        {
            table.AddColumn(Right("deviation"));
        }

        table.AddColumn(Right("max")).AddColumn("at layer").AddColumn(Right("final layer")).AddColumn(Right("max - final")).AddColumn(Right("scored"));
        foreach (YbRoadSeries series in outcome.Series)
        {
            Add(outcome.NameOf(series), series.Result);
            if (series.Baselines is not null)
            {
                Add("  RandomCAM", series.Baselines.RandomCam);
                foreach (LayerRoad random in series.Baselines.RandomMaps.Layers)
                {
                    table.AddRow([Tables.Cell($"  {random.Name}"), "", Number(random.Road), .. hasDeviation ? [Number(random.Deviation)] : (string[])[], "", "", "", "", ""]);
                }
            }
        }

        IAnsiConsole console = Tables.Open(output);
        console.Write(table);
        if (request.WithCurves || request.WithDrops)
        {
            output.WriteLine("Means over the layers that have them; areas under the curves and drop in shares of 1:");
            console.Write(Measures(outcome));
        }

        void Add(string name, YbRoadResult r) => table.AddRow([
            Tables.Cell(name), Number(r.Probability), Number(r.Mean), .. hasDeviation ? [Number(r.Deviation)] : (string[])[], Number(r.Max), Tables.Cell(r.MaxLayer ?? (r.AreAllEqual ? "all equal" : "-")),
            Number(r.FinalLayerRoad), Number(r.DifferenceToFinal), $"{r.Layers.Count(l => l.Road is not null)}/{r.Layers.Count}"]);
    }

    private static Table Measures(YbRoadOutcome outcome)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("target");
        foreach (string column in (string[])["insertion", "deletion", "average drop", "increase", "complexity", "coherency", "ADCC"])
        {
            table.AddColumn(Right(column));
        }

        foreach (YbRoadSeries s in outcome.Series)
        {
            table.AddRow([
                Tables.Cell(outcome.NameOf(s)), Number(Mean(s.Curves, c => c.InsertionArea)), Number(Mean(s.Curves, c => c.DeletionArea)),
                Number(Mean(s.Drops, d => d.Drop)), Number(Mean(s.Drops, d => d.IsIncrease is { } isIncrease ? (isIncrease ? 1 : 0) : null)),
                Number(Mean(s.Drops, d => d.Complexity)), Number(Mean(s.Drops, d => d.Coherency)), Number(Mean(s.Drops, d => d.Adcc))]);
        }

        return table;
    }

    private static float? Mean<T>(IReadOnlyList<T>? layers, Func<T, float?> value) => layers?.Select(value).Average();

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Number(float? value) => value is { } number ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "-";
}
