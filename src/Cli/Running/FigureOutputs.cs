using System.Globalization;
using CAManim.Native.Encoding.Figures;
using CAManim.Native.Encoding.Grids;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Cli.Running;

/// <summary>Draws figures: on white, at a resolution for print.</summary>
internal static class FigureOutputs
{
    private const int CurveHeight = 360;

    /// <exception cref="CamException">Curves were asked for, and no layer has a score.</exception>
    public static void Write(string path, FigureRequest request, IReadOnlyList<FigureCase> cases)
    {
        PanelGrid grid = Grid(request, cases);
        if (request.Kind != FigureKind.Failures)
        {
            grid.Write(path);
            return;
        }

        if (cases.All(c => c.Road!.Max is null))
        {
            throw new CamException($"The figure has no curve: none of the {cases[0].Road!.Layers.Count} layers has a score. {cases[0].Road!.Layers[0].Reason}");
        }

        SeriesPlotOptions options = new()
        {
            Title = grid.Title,
            HorizontalLabel = "Layer",
            VerticalLabel = request.Smooth == 1 ? "ROAD" : string.Create(CultureInfo.InvariantCulture, $"ROAD, mean of {request.Smooth}"),
            FrameNames = [.. cases[0].Road!.Layers.Select(l => l.Name)],
            Height = CurveHeight,
        };
        new CurveFigure([.. cases.Select(c => Line(c, request.Smooth))], options, grid with { Title = "" }).Write(path);
    }

    private static PanelGrid Grid(FigureRequest request, IReadOnlyList<FigureCase> cases)
    {
        IReadOnlyList<LayerMap> layers = cases[0].Maps.Frames;
        return new PanelGrid
        {
            Title = $"{request.Model}, {CamMethods.NameOf(request.Cam.Method)}",
            Columns = [.. request.Percentiles.Select(p => new PanelColumn(string.Create(CultureInfo.InvariantCulture, $"{p:0.#} %"), layers[DepthPercentile.FrameAt(layers.Count, p)].Name))],
            Rows = [.. cases.SelectMany(c => Rows(request, c))],
            PanelSize = request.PanelSize,
            IsLight = true,
            DotsPerInch = request.DotsPerInch,
        };
    }

    private static IEnumerable<PanelRow> Rows(FigureRequest request, FigureCase c)
    {
        PanelRow local = new(c.Name, c.Shown.Image, [.. Frames(request, c).Select(i => PanelCell.Local(c.Maps.Frames[i], Score(c, i)))], c.Detail) { Area = c.Shown.Area };
        if (request.Kind != FigureKind.Norms)
        {
            return [local];
        }

        PanelCell[] global = [.. Frames(request, c).Select(i => new PanelCell(c.Maps.Frames[i], c.Maps.GlobalMinimum, c.Maps.GlobalMaximum))];
        return [local with { Label = $"{c.Name}, local" }, new PanelRow($"{c.Name}, global", c.Shown.Image, global, c.Detail) { Area = c.Shown.Area }];
    }

    // Networks may run other layers for another picture: percentiles are of each picture's own.
    private static IEnumerable<int> Frames(FigureRequest request, FigureCase c) => request.Percentiles.Select(p => DepthPercentile.FrameAt(c.Maps.Frames.Count, p));

    private static string Score(FigureCase c, int frame) =>
        c.Maps.Frames[frame].IsConstant ? "constant" : c.Road is null ? "" : c.Road.Layers[frame].Road is { } road ? road.ToString("0.000", CultureInfo.InvariantCulture) : "no score";

    private static PlotSeries Line(FigureCase c, int smooth) => new($"{c.Name}", [.. c.Road!.Smooth(smooth).Select(v => v ?? double.NaN)])
    {
        Deviations = c.Road!.Options.Trials > 1 ? [.. c.Road!.Layers.Select(l => l.Deviation ?? double.NaN)] : null,
    };
}
