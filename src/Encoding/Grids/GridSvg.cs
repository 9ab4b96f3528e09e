using System.Globalization;
using System.Security;
using System.Text;
using CAManim.Native.Encoding.Images;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Grids;

/// <summary>A grid as SVG: the panels are pixels, as they are anywhere; the text is text, in the viewer's sans-serif at the width it was measured.</summary>
internal static class GridSvg
{
    private const double PixelsPerInch = 96;

    // Of common sans-serifs; the stroke font has the same.
    private const double CapitalsPerEm = 0.72;

    /// <summary>A whole file.</summary>
    public static string Write(PanelGrid grid)
    {
        GridGeometry g = new(grid);
        double scale = PixelsPerInch / (grid.DotsPerInch ?? PixelsPerInch);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{g.Width * scale:0.##}\" height=\"{g.Height * scale:0.##}\" viewBox=\"0 0 {g.Width} {g.Height}\">\n{Content(grid, g)}</svg>\n");
    }

    /// <summary>What stands in it, in pixels of the grid.</summary>
    public static string Content(PanelGrid grid, GridGeometry g)
    {
        RgbImage panels = GridDrawing.Draw(grid, g, hasLabels: false);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<image width=\"{panels.Width}\" height=\"{panels.Height}\" href=\"data:image/png;base64,{Convert.ToBase64String(PngFile.Encode(panels))}\"/>\n");
        foreach (GridLabel label in GridLabels.Of(grid, g))
        {
            double size = label.Style.CapitalHeight / CapitalsPerEm;
            int baseline = label.Y + ((g.LineHeight + label.Style.CapitalHeight) / 2);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{label.X + 1}\" y=\"{baseline}\" font-family=\"{PlotFont.ViewersFamily}\" font-size=\"{size:0.##}\" fill=\"{Hex(label.Color)}\" textLength=\"{label.Style.Measure(label.Text)}\" lengthAdjust=\"spacingAndGlyphs\">{SecurityElement.Escape(label.Text)}</text>\n");
        }

        return svg.ToString();
    }

    private static string Hex(uint packed) => $"#{packed & 0xFF:x2}{(packed >> 8) & 0xFF:x2}{(packed >> 16) & 0xFF:x2}";
}
