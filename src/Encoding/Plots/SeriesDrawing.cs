using ScottPlot;
using ScottPlot.Plottables;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Puts series, axes and legend into a plot.</summary>
internal static class SeriesDrawing
{
    // Okabe and Ito (2008), darker ones first; yellow is left out: it is too light for lines on white.
    private static readonly string[] Palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7B4FA3", "#8C6D31"];

    private const int LongSeries = 80;

    private static readonly Color Ink = Color.FromHex("#303030");
    private static readonly Color Reference = Color.FromHex("#8A8A8A");

    public static Plot Create(IReadOnlyList<PlotSeries> series, SeriesPlotOptions options) => Create(series, options, series.Max(s => s.Values.Count));

    /// <param name="series">The lines.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="frames">Places on the horizontal axis, at least as many as the longest line has.</param>
    public static Plot Create(IReadOnlyList<PlotSeries> series, SeriesPlotOptions options, int frames)
    {
        PlotFont.Install();
        Plot plot = new();
        int color = 0;
        foreach (PlotSeries one in series)
        {
            Add(plot, one, one.IsReference ? Reference : Color.FromHex(Palette[color++ % Palette.Length]), options, frames);
        }

        plot.Axes.SetLimitsX(-0.5 - (frames * 0.01), frames - 0.5 + (frames * 0.01));
        SeriesAxes.Vertical(plot, series, options);
        SeriesAxes.Horizontal(plot, options, frames);
        Label(plot.Axes.Title.Label, options.Title, 17);
        Label(plot.Axes.Bottom.Label, options.HorizontalLabel, 14);
        Label(plot.Axes.Left.Label, options.VerticalLabel, 14);
        plot.Axes.Title.IsVisible = options.Title is not null;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = 24;
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickLabelStyle.FontName = PlotFont.Name;
            axis.TickLabelStyle.FontSize = 12;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.FrameLineStyle.Color = Ink;
            axis.MajorTickStyle.Color = Ink;
            axis.MinorTickStyle.Color = Ink;
        }

        plot.Grid.MajorLineColor = Color.FromHex("#E4E4E4");
        Legend(plot, series.Count);
        return plot;
    }

    private static void Add(Plot plot, PlotSeries series, Color color, SeriesPlotOptions options, int frames)
    {
        bool isNamed = false;
        foreach ((int first, int count) in Runs(series.Values, options))
        {
            double[] at = [.. Enumerable.Range(first, count).Select(i => (double)i)];
            double[] values = [.. at.Select(i => SeriesPlotCheck.Limit(series.Values[(int)i], options)!.Value)];
            AddBand(plot, series, at, color, options);
            Scatter line = plot.Add.Scatter(at, values, color);
            line.LineWidth = series.IsPoints ? 0 : series.IsReference ? 1.5f : 2;
            line.LinePattern = series.IsReference ? LinePattern.Dashed : LinePattern.Solid;

            // Marks on every frame of a long series would hide the line; a value alone has no line to show it.
            line.MarkerSize = series.IsPoints ? (frames > LongSeries ? 3 : 5) : count > 1 && (series.IsReference || frames > LongSeries) ? 0 : 5;
            line.LegendText = isNamed ? "" : series.Name;
            isNamed = true;
        }

        if (!isNamed)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = series.Name, LineColor = color, LineWidth = 2 });
        }
    }

    private static void AddBand(Plot plot, PlotSeries series, double[] at, Color color, SeriesPlotOptions options)
    {
        if (series.Deviations is null)
        {
            return;
        }

        double[] low = [.. at.Select(i => Bound(series, (int)i, -1, options))];
        double[] high = [.. at.Select(i => Bound(series, (int)i, 1, options))];
        FillY band = plot.Add.FillY(at, low, high);
        band.FillColor = color.WithAlpha(0.18);
        band.LineWidth = 0;
        band.MarkerSize = 0;
    }

    /// <summary>Lower (sign -1) or upper (1) edge of a series' band on the vertical axis; the value itself where there is none.</summary>
    public static double Bound(PlotSeries series, int i, int sign, SeriesPlotOptions options)
    {
        double value = series.Values[i];
        double deviation = series.Deviations is { } all && double.IsFinite(all[i]) && all[i] > 0 ? all[i] : 0;
        double bound = value + (sign * deviation);

        // On a logarithmic axis a band that reaches zero ends at a tenth of the value.
        return SeriesPlotCheck.Limit(options.IsLogarithmic ? Math.Max(bound, value / 10) : bound, options)!.Value;
    }

    // Stretches of values without a gap.
    private static IEnumerable<(int First, int Count)> Runs(IReadOnlyList<double> values, SeriesPlotOptions options)
    {
        int first = 0;
        for (int i = 0; i <= values.Count; i++)
        {
            if (i == values.Count || !SeriesPlotCheck.IsDrawn(values[i], options))
            {
                if (i > first)
                {
                    yield return (first, i - first);
                }

                first = i + 1;
            }
        }
    }

    private static void Label(LabelStyle label, string? text, float size)
    {
        label.Text = text ?? "";
        label.IsVisible = text is not null;
        label.FontName = PlotFont.Name;
        label.FontSize = size;
        label.Bold = false;
        label.ForeColor = Ink;
    }

    // Beside the data, never over it.
    private static void Legend(Plot plot, int count)
    {
        if (count == 1)
        {
            plot.HideLegend();
            return;
        }

        plot.Legend.FontName = PlotFont.Name;
        plot.Legend.FontSize = 12;
        plot.Legend.FontColor = Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White;
        plot.ShowLegend(Edge.Right);
    }
}
