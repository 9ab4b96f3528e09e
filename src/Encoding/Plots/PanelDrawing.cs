using ScottPlot;
using SkiaSharp;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Draws plots one above another on one canvas.</summary>
internal static class PanelDrawing
{
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
        SeriesLayout layout = new(panels, options, frames);
        int top = 0;
        for (int i = 0; i < panels.Count; i++)
        {
            int height = layout.Height(i);
            using Plot plot = SeriesDrawing.Create(panels[i], i == 0 ? options : options with { Title = null }, layout, frames, isNamed: i == panels.Count - 1);

            // With sides of equal width the same frame stands at the same place in all of them.
            plot.Layout.Fixed(new PixelPadding(layout.Left, layout.Right, layout.Below(i), layout.Top(i)));

            // The first time a plot draws it does so twice, one over the other: not into the file.
            plot.RenderInMemory(options.Width, height);

            // A plot clears all that it may draw on.
            canvas.Save();
            canvas.ClipRect(SKRect.Create(0, top, options.Width, height));
            canvas.Translate(0, top);
            plot.Render(canvas, new PixelRect(0, options.Width, height, 0));
            canvas.Restore();
            top += height;
        }
    }
}
