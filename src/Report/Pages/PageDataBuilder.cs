using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Report.Assets;
using CAManim.Native.Report.Textures;
using CAManim.Native.Report.Timeline;

namespace CAManim.Native.Report.Pages;

/// <summary>Brings the columns onto one timeline and packs their maps.</summary>
internal static class PageDataBuilder
{
    private const int Format = 1;

    // Scores that differ by less are equal.
    private const float Rounding = 1e-6f;

    public static PageData Build(ReportContent content)
    {
        Dictionary<string, LayerMap>[] maps = [.. content.Columns.Select(c => c.Maps.ToDictionary(m => m.Name, StringComparer.Ordinal))];
        int[] timeline = [.. Enumerable.Range(0, content.Calls.Count).Where(i => maps.Any(m => m.ContainsKey(content.Calls[i].Name)))];
        string[] names = [.. timeline.Select(i => content.Calls[i].Name)];
        LayerMap[] shown = [.. names.Select(n => maps.First(m => m.ContainsKey(n))[n])];
        return new PageData(
            Format,
            content.Model,
            content.ColorMap.ToLowerInvariant(),
            content.Alpha,
            new PicturePart(content.Picture.Width, content.Picture.Height, PackedBytes.OfPicture(content.Picture), Seen(content)),
            [.. ColorMaps.Names.Select(n => new ColourMapPart(n, Convert.ToBase64String(ColorTables.Bytes(n))))],
            [.. content.Calls.Select(c => new CallPart(c.Name, c.ModuleClass, c.Shape, c.Parameters, c.Milliseconds, c.SkipReason))],
            timeline,
            [.. StageSplit.Of(names, [.. shown.Select(m => (m.Height, m.Width))]).Select(s => new StagePart(s.Name, s.First, s.Last))],
            [.. content.Columns.Zip(maps, (column, of) => Column(column, names, of))],
            content.Prediction,
            content.Warnings,
            [.. content.About.Select(a => (string[])[a.Name, a.Value])]);
    }

    private static int[]? Seen(ReportContent content)
    {
        if (content.Area is not { } area)
        {
            return null;
        }

        (int x, int y, int width, int height) = area.InPixels(content.Picture.Width, content.Picture.Height);
        return [x, y, width, height];
    }

    private static ColumnPart Column(ReportColumn column, string[] names, Dictionary<string, LayerMap> maps)
    {
        using MemoryStream bytes = new();
        FramePart?[] frames = [.. names.Select(n => maps.TryGetValue(n, out LayerMap? map) ? Frame(map, column.RoadReasons.GetValueOrDefault(n), column.RoadScores.GetValueOrDefault(n), bytes) : null)];
        float? highest = frames.Max(f => f?.Road);

        // Scores that are all equal tell no frame from another.
        bool isChosen = highest is not null && (frames.Count(f => f?.Road is not null) == 1 || frames.Any(f => f?.Road < highest - Rounding));
        int? best = !isChosen ? null : Array.FindIndex(frames, f => f?.Road == highest);
        return new ColumnPart(column.Method, column.Target, Finite(column.Probability), Number(column.GlobalMinimum), Number(column.GlobalMaximum), best, frames, PackedBytes.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static FramePart Frame(LayerMap map, string? roadReason, IReadOnlyList<ReportScore>? scores, MemoryStream bytes)
    {
        MapTexture texture = MapTexture.Of(map);
        int offset = (int)bytes.Length;
        bytes.Write(texture.Bytes);
        return new FramePart(map.Width, map.Height, offset, texture.Low, texture.High, Number(map.Minimum), Number(map.Maximum), map.IsConstant, map.HasNonFinite, Finite(map.Road), roadReason, scores is null ? null : [.. scores.Select(s => (double?[])[s.Percentile, Short(s.MostFirst), Short(s.LeastFirst)])]);
    }

    // Four decimals: the page shows three, and a report has hundreds of them.
    private static double? Short(float? value) => Finite(value) is { } number ? Math.Round(number, 4) : null;

    // JSON has no other numbers; a range without an end is drawn as an empty one.
    private static float Number(float value) => float.IsFinite(value) ? value : 0;

    private static float? Finite(float? value) => value is { } number && float.IsFinite(number) ? number : null;
}
