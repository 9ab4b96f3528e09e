using System.Globalization;
using System.Net;
using System.Security;
using System.Text.RegularExpressions;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Texts;
using ScottPlot;
using SkiaSharp;

namespace CAManim.Native.Encoding.Plots;

/// <summary>The letters of plots: <see cref="StrokeFont"/> as a typeface, for machines without fonts and for equal pictures on all.</summary>
internal static partial class PlotFont
{
    /// <summary>Name by which plots ask for it.</summary>
    public const string Name = "CAManim Stroke";

    /// <summary>What SVG files ask for in its place.</summary>
    public const string ViewersFamily = "Arial, Helvetica, 'Liberation Sans', sans-serif";

    private static readonly Lock Gate = new();
    private static bool _isInstalled;

    /// <summary>Makes the typeface known to the plotting library.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (!_isInstalled)
            {
                ScottPlot.Fonts.FontResolvers.Insert(0, new Resolver());
                _isInstalled = true;
            }
        }
    }

    /// <summary>
    /// A plot as SVG, its texts in the viewer's own sans-serif: the typeface itself is not in the file. Letters come with a place for each,
    /// made for the typeface; what stays of these is the text's width and where it hangs: at its start, middle or end.
    /// </summary>
    public static string ForViewers(string svg) => Texts().Replace(svg, static match =>
    {
        float[] x = Numbers(match.Groups["x"].Value);
        string text = WebUtility.HtmlDecode(match.Groups["text"].Value.Trim());
        if (x.Length == 0 || text.Length == 0)
        {
            return "";
        }

        float size = float.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture);
        float width = x[^1] - x[0] + (StrokeTypeface.Measure(text[^1..]) * size);
        (string anchor, float at) = Math.Abs(x[0] + width) < 0.1f * size ? ("end", x[0] + width)
            : Math.Abs(x[0] + (width / 2)) < 0.1f * size ? ("middle", x[0] + (width / 2))
            : ("start", x[0]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<text{match.Groups["before"].Value} font-size=\"{size}\" font-family=\"{ViewersFamily}\" text-anchor=\"{anchor}\" textLength=\"{width:0.##}\" lengthAdjust=\"spacingAndGlyphs\" x=\"{at:0.##}\" y=\"{Numbers(match.Groups["y"].Value)[0]:0.##}\">{SecurityElement.Escape(VisibleText.Line(text))}</text>");
    });

    private static float[] Numbers(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n => float.Parse(n, CultureInfo.InvariantCulture))];

    [GeneratedRegex("<text(?<before>[^>]*?) font-size=\"(?<size>[^\"]*)\" font-family=\"[^\"]*\" x=\"(?<x>[^\"]*)\" y=\"(?<y>[^\"]*)\">(?<text>[^<]*)</text>")]
    private static partial Regex Texts();

    private sealed class Resolver : IFontResolver
    {
        private static readonly byte[] Content = StrokeTypeface.Build(Name);

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
        {
            if (fontName != Name)
            {
                return null;
            }

            using SKData data = SKData.CreateCopy(Content);
            return SKTypeface.FromData(data);
        }

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);
    }
}
