using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Ticks and ends of the axes.</summary>
internal static class SeriesAxes
{
    public static void Horizontal(Plot plot, SeriesLayout layout, bool isNamed, bool isTurned)
    {
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. layout.Ticks.Select(i => (double)i)], isNamed ? layout.Names : [.. layout.Names.Select(_ => "")]);
        if (isNamed && isTurned)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -SeriesLayout.NameAngle;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.MinimumSize = layout.Bottom;
        }
    }

    public static void Vertical(Plot plot, IReadOnlyList<PlotSeries> series, SeriesPlotOptions options)
    {
        (double low, double high) = Range(series, options);
        plot.Axes.SetLimitsY(low, high);
        if (options.IsLogarithmic)
        {
            plot.Axes.Left.TickGenerator = Decades(low, high);
        }
    }

    /// <summary>The options with the ends of the vertical axis that these series would have.</summary>
    public static SeriesPlotOptions Fix(IReadOnlyList<PlotSeries> series, SeriesPlotOptions options)
    {
        (double low, double high) = Range(series, options);
        return options with { Minimum = options.IsLogarithmic ? Math.Pow(10, low) : low, Maximum = options.IsLogarithmic ? Math.Pow(10, high) : high };
    }

    // On the axis: logarithms where it is logarithmic.
    private static (double Low, double High) Range(IReadOnlyList<PlotSeries> series, SeriesPlotOptions options)
    {
        (PlotSeries Series, int At)[] drawn = [.. series.SelectMany(s => Enumerable.Range(0, s.Values.Count).Where(i => SeriesPlotCheck.IsDrawn(s.Values[i], options)).Select(i => (s, i)))];
        double low = SeriesPlotCheck.Limit(options.Minimum, options) ?? drawn.Min(d => SeriesDrawing.Bound(d.Series, d.At, -1, options));
        double high = SeriesPlotCheck.Limit(options.Maximum, options) ?? drawn.Max(d => SeriesDrawing.Bound(d.Series, d.At, 1, options));

        if (options.HasZeroLine && !options.IsLogarithmic)
        {
            (low, high) = (options.Minimum is null ? Math.Min(low, 0) : low, options.Maximum is null ? Math.Max(high, 0) : high);
        }

        // A flat series has no extent of its own.
        double room = high > low ? (high - low) * 0.05 : Math.Max(Math.Abs(low) * 0.1, 0.5);
        return (low - (options.Minimum is null ? room : 0), high + (options.Maximum is null ? room : 0));
    }

    // Labels at 1, and at 2 and 5 where there are few decades.
    private static NumericManual Decades(double low, double high)
    {
        NumericManual ticks = new();
        bool isShort = high - low < 2.5;
        for (int decade = (int)Math.Floor(low); decade <= Math.Ceiling(high); decade++)
        {
            for (int digit = 1; digit < 10; digit++)
            {
                double at = decade + Math.Log10(digit);
                if (at < low || at > high)
                {
                    continue;
                }

                if (digit == 1 || (isShort && digit is 2 or 5))
                {
                    ticks.AddMajor(at, Text(digit * Math.Pow(10, decade)));
                }
                else
                {
                    ticks.AddMinor(at);
                }
            }
        }

        return ticks;
    }

    private static string Text(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + " M",
        >= 1e3 => (value / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + " k",
        >= 1e-3 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("0e0", CultureInfo.InvariantCulture),
    };
}
