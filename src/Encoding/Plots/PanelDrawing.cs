using ScottPlot;
using SkiaSharp;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Draws plots one above another on one canvas.</summary>
internal static class PanelDrawing
{
    // The first panel carries the title, the last one the names of the frames: so much more of the height is their own.
    private const int TitleHeight = 24;
    private const float HeightPerLetter = 4.8f;

    private const int PanelTitleHeight = 34;
    private const int AxisHeight = 44;
    private const int LegendWidth = 190;
    private const int NoLegendWidth = 24;
    private const int LabelWidth = 76;

    public static byte[] Draw(IReadOnlyList<PlotPanel> panels, SeriesPlotOptions options, bool isVector)
    {
        if (panels.Count == 0)
        {
            throw new ArgumentException("No panel was given; one or more are expected.", nameof(panels));
        }

        foreach (PlotPanel panel in panels)
        {
            SeriesPlotCheck.Check(panel.Series, options);
        }

        int frames = panels.Max(p => p.Series.Max(s => s.Values.Count));
        SeriesPlotOptions shared = SeriesAxes.Fix([.. panels.SelectMany(p => p.Series)], options);
        if (isVector)
        {
            using MemoryStream stream = new();
            using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(options.Width, options.Height), stream))
            {
                Draw(canvas, panels, shared, frames);
            }

            return System.Text.Encoding.UTF8.GetBytes(PlotFont.ForViewers(System.Text.Encoding.UTF8.GetString(stream.ToArray())));
        }

        float scale = options.DotsPerInch / 96f;
        using SKSurface surface = SKSurface.Create(new SKImageInfo((int)MathF.Round(options.Width * scale), (int)MathF.Round(options.Height * scale)));
        surface.Canvas.Scale(scale);
        Draw(surface.Canvas, panels, shared, frames);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return PngResolution.Set(png.ToArray(), options.DotsPerInch);
    }

    private static void Draw(SKCanvas canvas, IReadOnlyList<PlotPanel> panels, SeriesPlotOptions options, int frames)
    {
        canvas.Clear(SKColors.White);
        bool hasNames = options.FrameNames is { Count: > 0 };
        int names = hasNames ? (int)(options.FrameNames!.Max(n => n.Length) * HeightPerLetter) : 0;
        int height = Math.Max(1, (options.Height - (options.Title is null ? 0 : TitleHeight) - names) / panels.Count);
        int legend = panels.Any(p => p.Series.Count > 1) ? LegendWidth : NoLegendWidth;
        int top = 0;
        for (int i = 0; i < panels.Count; i++)
        {
            bool isLast = i == panels.Count - 1;
            bool hasTitle = i == 0 && options.Title is not null;
            SeriesPlotOptions own = options with
            {
                Title = hasTitle ? $"{options.Title}\n{panels[i].Title}" : panels[i].Title,
                FrameNames = hasNames && !isLast ? [] : options.FrameNames,
                HorizontalLabel = isLast ? options.HorizontalLabel : "",
                Height = height + (hasTitle ? TitleHeight : 0) + (isLast ? names : 0),
            };
            using Plot plot = SeriesDrawing.Create(panels[i].Series, own, frames);

            // With sides of equal width the same frame stands at the same place in all of them.
            plot.Layout.Fixed(new PixelPadding(LabelWidth, legend, AxisHeight + (isLast ? names : 0), PanelTitleHeight + (hasTitle ? TitleHeight : 0)));

            // A plot clears all that it may draw on.
            canvas.Save();
            canvas.ClipRect(SKRect.Create(0, top, options.Width, own.Height));
            canvas.Translate(0, top);
            plot.Render(canvas, new PixelRect(0, options.Width, own.Height, 0));
            canvas.Restore();
            top += own.Height;
        }
    }
}
