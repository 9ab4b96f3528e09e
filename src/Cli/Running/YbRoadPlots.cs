using System.Globalization;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Road;

namespace CAManim.Native.Cli.Running;

/// <summary>Series as plots over depth.</summary>
internal static class YbRoadPlots
{
    private const int PanelHeight = 320;
    private const int DotsPerInch = 192;

    /// <exception cref="CamException">No layer has a score.</exception>
    public static void WriteScores(string path, YbRoadRequest request, YbRoadOutcome outcome)
    {
        if (outcome.Series.All(s => s.Result.Max is null))
        {
            throw new CamException($"--plot has nothing to draw: none of the {outcome.Series[0].Result.Layers.Count} layers has a score. {outcome.Series[0].Result.Layers[0].Reason}");
        }

        string title = $"{outcome.Model}: ROAD of {string.Join(" and ", request.Methods.Select(CamMethods.NameOf))}{(request.Smooth == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", mean of {request.Smooth} layers"))}";
        SeriesPlotOptions options = new()
        {
            Title = title,
            HorizontalLabel = request.Road.Trials == 1 ? "Layer (one trial: --trials 11 shows how far scores scatter)" : "Layer",
            VerticalLabel = "ROAD",
            HasZeroLine = true,
            MarksHighest = true,
            FrameNames = [.. outcome.Series[0].Result.Layers.Select(l => l.Name)],
            DotsPerInch = DotsPerInch,
        };
        if (!request.HasPanels)
        {
            string highest = outcome.Series is [{ Result: { Max: { } max, MaxLayer: { } layer } }] ? string.Create(CultureInfo.InvariantCulture, $"highest {max:0.000} at {layer}") : "";
            SeriesPlot.WritePanels(path, [new PlotPanel(highest, [.. outcome.Series.SelectMany(s => Lines(s, outcome.Series.Count == 1 ? "RandomCAM" : $"RandomCAM, {outcome.NameOf(s)}"))])], options);
            return;
        }

        // A series without any score has no panel.
        YbRoadSeries[] drawn = [.. outcome.Series.Where(s => s.Result.Max is not null)];
        SeriesPlot.WritePanels(path, [.. drawn.Select(s => new PlotPanel(outcome.NameOf(s), [.. Lines(s, "RandomCAM")]))], options with { Height = PanelHeight * drawn.Length });

        IEnumerable<PlotSeries> Lines(YbRoadSeries series, string baseline)
        {
            yield return Line(outcome.NameOf(series), series.Result, request.Smooth);
            if (series.Baselines is not null)
            {
                yield return Line(baseline, series.Baselines.RandomCam, request.Smooth) with { IsReference = true, Deviations = null };
            }
        }
    }

    public static void WriteParameters(string path, YbRoadOutcome outcome)
    {
        IReadOnlyList<LayerRoad> layers = outcome.Series[0].Result.Layers;
        if (layers.All(l => l.Parameters == 0))
        {
            throw new CamException($"--parameters has nothing to draw: none of the {layers.Count} layers has parameters.");
        }

        SeriesPlot.Write(path, [new PlotSeries("parameters", [.. layers.Select(l => l.Parameters == 0 ? double.NaN : l.Parameters)]) { IsPoints = true }], new SeriesPlotOptions
        {
            Title = $"{outcome.Model}: parameters of every layer",
            HorizontalLabel = "Layer",
            VerticalLabel = "Parameters",
            FrameNames = [.. layers.Select(l => l.Name)],
            IsLogarithmic = true,
            DotsPerInch = DotsPerInch,
        });
    }

    private static PlotSeries Line(string name, YbRoadResult result, int smooth) => new(name, [.. result.Smooth(smooth).Select(v => v ?? double.NaN)])
    {
        Deviations = result.Options.Trials > 1 ? [.. result.Layers.Select(l => l.Deviation ?? double.NaN)] : null,
    };
}
