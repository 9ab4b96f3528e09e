using System.Globalization;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Files;
using Spectre.Console;

namespace CAManim.Native.Cli.Running;

/// <summary>Series as table, CSV and plot.</summary>
internal static class YbRoadOutputs
{
    // Where no terminal says how wide it is.
    private const int WidthOfFiles = 140;

    /// <summary>The library's CSV of each series, with the target in front of every line.</summary>
    public static void WriteCsv(string path, IReadOnlyList<YbRoadSeries> series)
    {
        using StreamWriter writer = new(path);
        for (int i = 0; i < series.Count; i++)
        {
            using StringWriter text = new();
            RoadCsv.Write(series[i].Result, text);
            string[] lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            string target = $"\"{series[i].Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            for (int k = i == 0 ? 0 : 1; k < lines.Length; k++)
            {
                writer.Write($"{(k == 0 ? "target" : target)},{lines[k]}\r\n");
            }
        }
    }

    /// <exception cref="CamException">No layer has a score.</exception>
    public static void WritePlot(string path, YbRoadRequest request, YbRoadOutcome outcome)
    {
        if (outcome.Series.All(s => s.Result.Max is null))
        {
            throw new CamException($"--plot has nothing to draw: none of the {outcome.Series[0].Result.Layers.Count} layers has a score. {outcome.Series[0].Result.Layers[0].Reason}");
        }

        List<PlotSeries> lines = [];
        foreach (YbRoadSeries series in outcome.Series)
        {
            lines.Add(Line(series.Name, series.Result, request.Smooth));
            if (series.Baselines is not null)
            {
                lines.Add(Line(outcome.Series.Count == 1 ? "RandomCAM" : $"RandomCAM, {series.Name}", series.Baselines.RandomCam, request.Smooth) with { IsReference = true, Deviations = null });
            }
        }

        SeriesPlot.Write(path, lines, new SeriesPlotOptions
        {
            Title = $"{outcome.Model}: ROAD of {CamMethods.NameOf(request.Cam.Method)}{(request.Smooth == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", mean of {request.Smooth} layers"))}",
            HorizontalLabel = "Layer",
            VerticalLabel = "ROAD",
            FrameNames = [.. outcome.Series[0].Result.Layers.Select(l => l.Name)],
            DotsPerInch = 192,
        });
    }

    public static void Print(TextWriter output, YbRoadRequest request, YbRoadOutcome outcome)
    {
        YbRoadResult any = outcome.Series[0].Result;
        output.WriteLine($"{outcome.Model}, {CamMethods.NameOf(request.Cam.Method)}: ROAD of {any.Layers.Count} layers, {(any.Options.Mode == RoadMode.Exact ? "exact" : "reference")} mode, {(any.Options.Trials == 1 ? "1 trial" : $"{any.Options.Trials} trials")}");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("target").AddColumn(Right("score")).AddColumn(Right("mean"));
        bool hasDeviation = outcome.Series.Any(s => s.Result.Deviation is not null);
        if (hasDeviation)
        {
            table.AddColumn(Right("deviation"));
        }

        table.AddColumn(Right("max")).AddColumn("at layer").AddColumn(Right("final layer")).AddColumn(Right("max - final")).AddColumn(Right("scored"));
        foreach (YbRoadSeries series in outcome.Series)
        {
            Add(series.Name, series.Result);
            if (series.Baselines is not null)
            {
                Add("  RandomCAM", series.Baselines.RandomCam);
                foreach (LayerRoad random in series.Baselines.RandomMaps.Layers)
                {
                    table.AddRow([Markup.Escape($"  {random.Name}"), "", Number(random.Road), .. hasDeviation ? [Number(random.Deviation)] : (string[])[], "", "", "", "", ""]);
                }
            }
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out))
        {
            console.Profile.Width = WidthOfFiles;
        }

        console.Write(table);

        void Add(string name, YbRoadResult r) => table.AddRow([
            Markup.Escape(name), Number(r.Probability), Number(r.Mean), .. hasDeviation ? [Number(r.Deviation)] : (string[])[], Number(r.Max), Markup.Escape(r.MaxLayer ?? "-"),
            Number(r.FinalLayerRoad), Number(r.DifferenceToFinal), $"{r.Layers.Count(l => l.Road is not null)}/{r.Layers.Count}"]);
    }

    private static PlotSeries Line(string name, YbRoadResult result, int smooth) => new(name, [.. result.Smooth(smooth).Select(v => v ?? double.NaN)])
    {
        Deviations = result.Options.Trials > 1 ? [.. result.Layers.Select(l => l.Deviation ?? double.NaN)] : null,
    };

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Number(float? value) => value is { } number ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "-";
}
