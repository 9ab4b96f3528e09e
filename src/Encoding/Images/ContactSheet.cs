using System.Globalization;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Images;

/// <summary>
/// All layers of a network on one page: a grid of small panels, each with its number, name and score, the highest marked; of several series the panels
/// stand side by side. Above them the network, the target and the colours.
/// </summary>
internal static class ContactSheet
{
    private const int LongSide = 128;
    private const int Gap = 12;
    private const int LineHeight = 16;
    private const int LargestSide = 16384;
    private const int Head = 30;
    private const int BarWidth = 96;
    private const int ScoreWidth = 46;

    public static RgbImage Compose(RgbImage image, IReadOnlyList<MapSeries> series, VideoOptions options)
    {
        IReadOnlyList<LayerMap> layers = series[0].Layers;
        double scale = LongSide / (double)Math.Max(image.Width, image.Height);
        int width = Math.Max(1, (int)Math.Round(image.Width * scale));
        int height = Math.Max(1, (int)Math.Round(image.Height * scale));
        int maps = series.Count * (options.View == NormalisationView.Both ? 2 : 1);
        int cellWidth = (maps * width) + ((maps - 1) * 2) + Gap;
        int cellHeight = height + LineHeight + Gap;

        // As wide as high, about 3 to 2.
        int columns = Math.Clamp((int)Math.Ceiling(Math.Sqrt(layers.Count * 1.5 * cellHeight / cellWidth)), 1, layers.Count);
        int rows = (layers.Count + columns - 1) / columns;
        (int sheetWidth, int sheetHeight) = ((columns * cellWidth) + Gap, Head + (rows * cellHeight) + Gap);
        if (sheetWidth > LargestSide || sheetHeight > LargestSide)
        {
            throw new ArgumentException($"A contact sheet of {layers.Count} layers would have {sheetWidth}x{sheetHeight} pixels; the limit is {LargestSide} each way. Choose fewer layers.");
        }

        StillCanvas canvas = new(sheetWidth, sheetHeight);
        PanelPicture panel = new(image, options.MapArea, width, height, ColorMaps.Get(options.ColorMap), options.Alpha, Theme.Background);
        byte[] pixels = new byte[canvas.Width * canvas.Height * 3];
        DrawHead(canvas, options);
        int best = Best(series);
        for (int i = 0; i < layers.Count; i++)
        {
            (int x, int y) = (Gap + (i % columns * cellWidth), Head + Gap + (i / columns * cellHeight));
            string score = series.Count > 1 ? "" : layers[i].IsConstant ? "constant" : layers[i].Road?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
            int room = score.Length == 0 ? 0 : ScoreWidth;
            uint color = i == best ? Theme.Primary : Theme.Secondary;
            (TextStyle style, string text) = TextFit.Fit($"{i + 1} {layers[i].Name}", cellWidth - Gap - room, 8, 7, isBold: i == best);
            canvas.DrawText(x, y, cellWidth - Gap - room, LineHeight, style, text, color);
            if (room > 0)
            {
                canvas.DrawText(x + cellWidth - Gap - room, y, room, LineHeight, TextStyle.Of(7, isBold: i == best), score, color, right: true);
            }

            if (i == best)
            {
                // The panels are drawn over it: two pixels stay around them.
                canvas.DrawBox(x - 2, y + LineHeight - 2, cellWidth - Gap + 4, height + 4, Theme.Primary);
            }

            for (int map = 0; map < maps && panel.HasBorder; map++)
            {
                canvas.DrawImage(x + (map * (width + 2)), y + LineHeight, width, height, panel.Pixels);
            }
        }

        FramePlanes planes = new(FrameFormat.Rgb24, canvas.Width, canvas.Height, pixels, canvas.Width * 3);
        FrameKernel.Fill(planes, 0, 0, canvas.Width, canvas.Height, canvas.Pixels);
        DrawMaps(planes, panel, series, options, columns, (cellWidth, cellHeight));
        return new RgbImage(canvas.Width, canvas.Height, pixels);
    }

    // Network, target and normalisation on the left, the colours from 0 to 1 on the right.
    private static void DrawHead(StillCanvas canvas, VideoOptions options)
    {
        int bar = canvas.Width - Gap - BarWidth - 8;
        string view = options.View switch
        {
            NormalisationView.Local => "each map by its own range",
            NormalisationView.Global => "all layers by one range",
            _ => "left by its own range, right by one of all layers",
        };
        string probability = float.IsNaN(options.Probability) ? "" : options.Probability.ToString(" 0.0 %", CultureInfo.InvariantCulture);
        string[] parts = [options.Title, options.Target.Length == 0 ? "" : $"target {options.Target}{probability}", view];
        int room = bar - 18 - Gap;
        if (room < 16)
        {
            return;
        }

        (TextStyle style, string text) = TextFit.Fit(string.Join("    ", parts.Where(p => p.Length > 0)), room, 9, 7);
        canvas.DrawText(Gap, Gap, room, LineHeight, style, text, Theme.Primary);
        uint[] table = ColorMaps.Get(options.ColorMap);
        uint weight = (uint)MathF.Round(options.Alpha * 256);
        for (int i = 0; i < BarWidth; i++)
        {
            canvas.DrawBox(bar + i, Gap + 4, 1, LineHeight - 8, PackedColor.Blend(table[i * 255 / (BarWidth - 1)], Theme.MiddleGrey, weight));
        }

        canvas.DrawText(bar - 14, Gap, 10, LineHeight, TextStyle.Of(7), "0", Theme.Secondary, right: true);
        canvas.DrawText(bar + BarWidth + 2, Gap, 10, LineHeight, TextStyle.Of(7), "1", Theme.Secondary);
    }

    // The first with the highest score; none where there are no scores, or all are equal.
    private static int Best(IReadOnlyList<MapSeries> series)
    {
        (float Road, int At)[] scores = [.. series.SelectMany(s => s.Layers.Select((l, i) => (l.Road, i))).Where(l => l.Road is not null).Select(l => (l.Road!.Value, l.i))];
        return scores.Length == 0 || scores.Min(s => s.Road) == scores.Max(s => s.Road) ? -1 : scores.MaxBy(s => s.Road).At;
    }

    private static void DrawMaps(in FramePlanes planes, PanelPicture panel, IReadOnlyList<MapSeries> series, VideoOptions options, int columns, (int Width, int Height) cell)
    {
        FrameScratch scratch = new();
        int step = panel.Width + 2;
        for (int s = 0; s < series.Count; s++)
        {
            (float globalMinimum, float globalMaximum) = series[s].GlobalRange();
            for (int i = 0; i < series[s].Layers.Count; i++)
            {
                LayerMap layer = series[s].Layers[i];
                (int x, int y) = (Gap + (i % columns * cell.Width) + panel.X, Head + Gap + (i / columns * cell.Height) + LineHeight + panel.Y);
                FramePlace local = new(x + (s * step), y, layer.Minimum, layer.Maximum);
                FramePlace global = new(x + (s * step), y, globalMinimum, globalMaximum);
                FramePlace[] places = options.View switch
                {
                    NormalisationView.Local => [local],
                    NormalisationView.Global => [global],
                    _ => [local with { X = x + (2 * s * step) }, global with { X = x + (((2 * s) + 1) * step) }],
                };
                FrameKernel.Compose(planes, new FrameMap(layer.Map.Span, layer.Height, layer.Width), panel.Map, places, [], scratch);
            }
        }
    }
}
