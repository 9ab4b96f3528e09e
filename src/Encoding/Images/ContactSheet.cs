using CAManim.Native.Encoding.Layout;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Images;

/// <summary>All layers of a network on one page: a grid of small panels, each with its number and name; of several series the panels stand side by side.</summary>
internal static class ContactSheet
{
    private const int LongSide = 128;
    private const int Gap = 12;
    private const int LineHeight = 16;
    private const int LargestSide = 16384;

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
        (int sheetWidth, int sheetHeight) = ((columns * cellWidth) + Gap, (rows * cellHeight) + Gap);
        if (sheetWidth > LargestSide || sheetHeight > LargestSide)
        {
            throw new ArgumentException($"A contact sheet of {layers.Count} layers would have {sheetWidth}x{sheetHeight} pixels; the limit is {LargestSide} each way. Choose fewer layers.");
        }

        StillCanvas canvas = new(sheetWidth, sheetHeight);
        PanelPicture panel = new(image, options.MapArea, width, height, ColorMaps.Get(options.ColorMap), options.Alpha, Theme.Background);
        byte[] pixels = new byte[canvas.Width * canvas.Height * 3];
        for (int i = 0; i < layers.Count; i++)
        {
            (TextStyle style, string text) = TextFit.Fit($"{i + 1} {layers[i].Name}", cellWidth - Gap, 8, 7);
            canvas.DrawText(Gap + (i % columns * cellWidth), Gap + (i / columns * cellHeight), cellWidth - Gap, LineHeight, style, text, Theme.Secondary);
            for (int map = 0; map < maps && panel.HasBorder; map++)
            {
                canvas.DrawImage(Gap + (i % columns * cellWidth) + (map * (width + 2)), Gap + (i / columns * cellHeight) + LineHeight, width, height, panel.Pixels);
            }
        }

        FramePlanes planes = new(FrameFormat.Rgb24, canvas.Width, canvas.Height, pixels, canvas.Width * 3);
        FrameKernel.Fill(planes, 0, 0, canvas.Width, canvas.Height, canvas.Pixels);
        DrawMaps(planes, panel, series, options, columns, (cellWidth, cellHeight));
        return new RgbImage(canvas.Width, canvas.Height, pixels);
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
                (int x, int y) = (Gap + (i % columns * cell.Width) + panel.X, Gap + (i / columns * cell.Height) + LineHeight + panel.Y);
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
