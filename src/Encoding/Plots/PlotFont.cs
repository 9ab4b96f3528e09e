using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CAManim.Native.Encoding.Text;
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

    /// <summary>A plot as SVG, its texts in the viewer's own sans-serif: the typeface itself is not in the file.</summary>
    public static string ForViewers(string svg) => Family().Replace(svg, $"font-family=\"{ViewersFamily}\"");

    [GeneratedRegex("font-family=\"[^\"]*\"")]
    private static partial Regex Family();

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
