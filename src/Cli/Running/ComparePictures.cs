using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Encoding;
using CAManim.Native.Encoding.Grids;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>A comparison as a grid over depth and as a video of all methods.</summary>
internal sealed class ComparePictures(CompareRequest request, LoadedModel model, ModelInput input, IReadOnlyList<ComparedSeries> series)
{
    private readonly bool _hasTargets = request.Targets.Count > 1;
    private readonly ShownPicture _shown = ShownPicture.Of(request.Input, input);

    public VideoSummary WriteVideo(string path, string? frames, RunProgress progress, CancellationToken cancellation)
    {
        MapSeries[] tiles = [.. series.Select(s => new MapSeries(s.Title(model.ClassNames, _hasTargets), s.Frames) { GlobalMinimum = s.Run.Result.GlobalMinimum, GlobalMaximum = s.Run.Result.GlobalMaximum })];
        TargetRun first = series[0].Run;
        VideoOptions options = _shown.Options(request.Video) with
        {
            Title = $"{Networks.Title(model)}  {Counted(request.Methods.Count, "method")}{Normalisation}",
            Target = _hasTargets ? "" : Scores.WithNumber(first.Name(model.ClassNames), first.Result),
            Probability = _hasTargets ? float.NaN : Scores.Share(first.Result),
            FramesFolder = frames,
            SeriesInGroup = request.Targets.Count,
        };
        return CamVideo.Write(path, _shown.Image, tiles, options, new Relay<VideoProgress>(p => progress.Report(p.Frame, p.Frames)), cancellation);
    }

    /// <param name="path">The PNG.</param>
    /// <param name="report">Has the columns and what stands under the panels.</param>
    public void WriteGrid(string path, CompareReport report)
    {
        PanelGrid grid = new()
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{Networks.Title(model)}{(_hasTargets ? "" : $"  target {series[0].Run.Name(model.ClassNames)} {Scores.Text(series[0].Run.Result)}")}{Normalisation}"),
            Columns = [new PanelColumn("image"), .. report.Columns.Select(c => new PanelColumn(string.Create(CultureInfo.InvariantCulture, $"{c.Percentile:0.##} %"), c.Name))],
            Rows = [.. series.SelectMany((s, i) => Rows(s, report.Series[i], report))],
            PanelSize = request.PanelSize,
            Alpha = request.Video.Alpha,
            ColorMap = request.Video.ColorMap,
        };
        grid.Write(path);
    }

    private string Normalisation => request.Video.View switch
    {
        NormalisationView.Local => "  each map by its own range",
        NormalisationView.Global => "  all layers by one range",
        _ => "",
    };

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private IEnumerable<PanelRow> Rows(ComparedSeries one, CompareSeries said, CompareReport report)
    {
        bool isBoth = request.Video.View == NormalisationView.Both;
        for (int view = 0; view < (isBoth ? 2 : 1); view++)
        {
            bool isLocal = request.Video.View == NormalisationView.Local || (isBoth && view == 0);
            string detail = string.Join("  ", ((string[])[_hasTargets ? one.Run.Name(model.ClassNames) : "", isBoth ? isLocal ? "local" : "global" : ""]).Where(t => t.Length > 0));
            PanelCell[] cells = [.. report.Columns.Select((column, i) => Cell(one, one.Frames[column.Frame - 1], isLocal, Caption(said.Cells[i], report.Objects)))];
            yield return new PanelRow(one.Method, _shown.Image, [PanelCell.Picture, .. cells], detail) { Area = _shown.Area };
        }
    }

    private static PanelCell Cell(ComparedSeries one, LayerMap map, bool isLocal, string caption) =>
        isLocal ? PanelCell.Local(map, caption) : new PanelCell(map, one.Run.Result.GlobalMinimum, one.Run.Result.GlobalMaximum, caption);

    private static string Caption(CompareCell cell, IReadOnlyList<CompareObject> objects) =>
        string.Join("  ", objects.Zip(cell.Energy, (o, energy) => $"{o.Name} {(energy is { } share ? share.ToString("0 %", CultureInfo.InvariantCulture) : "-")}"));
}
