using ScottPlot;
using ScottPlot.Plottables;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Puts series, axes and legend into a plot.</summary>
internal static class SeriesDrawing
{
    // Okabe and Ito (2008), darker ones first; yellow is left out: it is too light for lines on white.
    private static readonly string[] Palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7B4FA3", "#8C6D31"];

    // Grey ones are told apart by their dashes.
    private static readonly LinePattern[] References = [LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed, LinePattern.Solid];

    private const int LongSeries = 80;
    private const int VeryLongSeries = 300;

    private static readonly Color Ink = Color.FromHex("#303030");
    private static readonly Color Reference = Color.FromHex("#8A8A8A");

    /// <param name="panel">What is drawn.</param>
    /// <param name="options">How it looks, with title and label of this panel.</param>
    /// <param name="layout">Room for texts.</param>
    /// <param name="frames">Places on the horizontal axis, at least as many as the longest line has.</param>
    /// <param name="isNamed">Whether names or numbers of frames stand under it.</param>
    public static Plot Create(PlotPanel panel, SeriesPlotOptions options, SeriesLayout layout, int frames, bool isNamed)
    {
        PlotFont.Install();
        Plot plot = new();
        int color = 0;
        int reference = 0;
        if (options.HasZeroLine && !options.IsLogarithmic)
        {
            plot.Add.HorizontalLine(0, 1, Reference);
        }

        foreach (PlotSeries one in panel.Series)
        {
            LineStyle style = one.IsReference
                ? new LineStyle(1.5f, Reference, References[reference++ % References.Length])
                : new LineStyle(frames > VeryLongSeries ? 1 : 2, Color.FromHex(Palette[color++ % Palette.Length]));
            Add(plot, one, style, layout.LegendName(one.Name), options, frames);
        }

        plot.Axes.SetLimitsX(-0.5 - (frames * 0.01), frames - 0.5 + (frames * 0.01));
        SeriesAxes.Vertical(plot, panel.Series, options);
        SeriesAxes.Horizontal(plot, layout, isNamed, options.FrameNames is not null);
        Title(plot.Axes.Title.Label, options.Title, panel.Title, layout);
        Label(plot.Axes.Bottom.Label, isNamed ? options.HorizontalLabel : "", SeriesLayout.LabelSize);
        Label(plot.Axes.Left.Label, options.VerticalLabel, SeriesLayout.LabelSize);
        plot.Axes.Title.IsVisible = plot.Axes.Title.Label.IsVisible;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = 8;
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickLabelStyle.FontName = PlotFont.Name;
            axis.TickLabelStyle.FontSize = SeriesLayout.TickSize;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.FrameLineStyle.Color = Ink;
            axis.MajorTickStyle.Color = Ink;
            axis.MinorTickStyle.Color = Ink;
        }

        plot.Grid.MajorLineColor = Color.FromHex("#E4E4E4");
        Legend(plot, panel.Series.Count);
        return plot;
    }

    private static void Add(Plot plot, PlotSeries series, LineStyle style, string name, SeriesPlotOptions options, int frames)
    {
        bool isNamed = false;
        foreach ((int first, int count) in Runs(series.Values, options))
        {
            double[] at = [.. Enumerable.Range(first, count).Select(i => (double)i)];
            double[] values = [.. at.Select(i => SeriesPlotCheck.Limit(series.Values[(int)i], options)!.Value)];
            AddBand(plot, series, at, style.Color, options);
            Scatter line = plot.Add.Scatter(at, values, style.Color);
            line.LineWidth = series.IsPoints ? 0 : style.Width;
            line.LinePattern = style.Pattern;

            // Marks on every frame of a long series would hide the line; a value alone has no line to show it.
            line.MarkerSize = series.IsPoints ? (frames > LongSeries ? 3 : 5) : count > 1 && (series.IsReference || frames > LongSeries) ? 0 : 5;
            line.LegendText = isNamed ? "" : name;
            isNamed = true;
        }

        if (options.MarksHighest && isNamed && !series.IsReference)
        {
            int highest = Enumerable.Range(0, series.Values.Count).Where(i => SeriesPlotCheck.IsDrawn(series.Values[i], options)).MaxBy(i => series.Values[i]);
            Scatter ring = plot.Add.Scatter(new double[] { highest }, new[] { SeriesPlotCheck.Limit(series.Values[highest], options)!.Value }, style.Color);
            ring.MarkerStyle = new MarkerStyle(MarkerShape.OpenCircle, 12, style.Color) { LineWidth = 2 };
        }

        if (!isNamed)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = name, LineColor = style.Color, LineWidth = style.Width });
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

    // Two lines where the whole and the panel have one each, in letters of one size.
    private static void Title(LabelStyle label, string? whole, string panel, SeriesLayout layout)
    {
        (float Size, string Text)[] lines = [.. new[] { whole ?? "", panel }.Where(line => line.Length > 0).Select(layout.Title)];
        Label(label, lines.Length == 0 ? null : string.Join('\n', lines.Select(l => l.Text)), lines.Length == 0 ? 1 : lines.Min(l => l.Size));
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
        plot.Legend.FontSize = SeriesLayout.TickSize;
        plot.Legend.FontColor = Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White;
        plot.ShowLegend(Edge.Right);
    }
}
