using System.Globalization;
using CAManim.Native.Encoding.Grids;
using CAManim.Native.Encoding.Images;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Encoding.Figures;

/// <summary>Curves over depth with the maps of some depths under them: what a score says, and what it was given for.</summary>
/// <param name="Series">The curves.</param>
/// <param name="Options">How they look; the width is the grid's, the resolution too.</param>
/// <param name="Grid">The maps.</param>
public sealed record CurveFigure(IReadOnlyList<PlotSeries> Series, SeriesPlotOptions Options, PanelGrid Grid)
{
    private const double PixelsPerInch = 96;

    /// <summary>Writes a PNG, or where the path ends in .svg an SVG; the file appears whole or not at all.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <exception cref="ArgumentException">As <see cref="SeriesPlot.Write"/> and <see cref="PanelGrid.Compose"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Grid.Check();
        GridGeometry g = new(Grid);
        double scale = (Grid.DotsPerInch ?? PixelsPerInch) / PixelsPerInch;
        SeriesPlotOptions options = Options with { Width = (int)Math.Round(g.Width / scale), DotsPerInch = Grid.DotsPerInch ?? (int)PixelsPerInch };
        SeriesPlotCheck.Check(Series, options);
        bool isVector = Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase);
        byte[] content = isVector ? Vector(g, options, scale) : Raster(g, options);
        using OutputFile file = new(path, isNamed: true);
        File.WriteAllBytes(file.TemporaryPath, content);
        file.Commit();
    }

    private byte[] Raster(GridGeometry g, SeriesPlotOptions options)
    {
        using SKBitmap plot = SKBitmap.Decode(PanelDrawing.Draw([new PlotPanel("", Series)], options, isVector: false));
        RgbImage maps = GridDrawing.Draw(Grid, g);
        byte[] pixels = new byte[(plot.Height + maps.Height) * maps.Width * 3];
        pixels.AsSpan().Fill(byte.MaxValue);
        for (int y = 0; y < plot.Height; y++)
        {
            for (int x = 0; x < Math.Min(plot.Width, maps.Width); x++)
            {
                SKColor color = plot.GetPixel(x, y);
                int at = ((y * maps.Width) + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (color.Red, color.Green, color.Blue);
            }
        }

        maps.Pixels.CopyTo(pixels, plot.Height * maps.Width * 3);
        return PngResolution.Set(PngFile.Encode(new RgbImage(maps.Width, plot.Height + maps.Height, pixels)), options.DotsPerInch);
    }

    // Both parts in the plot's unit, 1/96 inch.
    private byte[] Vector(GridGeometry g, SeriesPlotOptions options, double scale)
    {
        string plot = System.Text.Encoding.UTF8.GetString(PanelDrawing.Draw([new PlotPanel("", Series)], options, isVector: true));
        plot = plot[plot.IndexOf("<svg", StringComparison.Ordinal)..];
        double height = options.Height + (g.Height / scale);
        string svg = string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{options.Width}\" height=\"{height:0.##}\" viewBox=\"0 0 {options.Width} {height:0.##}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{plot}\n<g transform=\"translate(0,{options.Height}) scale({1 / scale:0.######})\">\n{GridSvg.Content(Grid, g)}</g>\n</svg>\n");
        return System.Text.Encoding.UTF8.GetBytes(svg);
    }
}
