namespace CAManim.Native.Encoding.Plots;

/// <summary>Refuses what cannot be drawn.</summary>
internal static class SeriesPlotCheck
{
    /// <exception cref="ArgumentException">There is nothing to draw, or something is out of range.</exception>
    public static void Check(IReadOnlyList<PlotSeries> series, SeriesPlotOptions options)
    {
        foreach (PlotSeries one in series)
        {
            if (one.Deviations is { } deviations && deviations.Count != one.Values.Count)
            {
                throw new ArgumentException($"The series '{one.Name}' has {one.Values.Count} values and {deviations.Count} deviations; one for each value is expected.", nameof(series));
            }
        }

        if (!series.Any(s => s.Values.Any(v => IsDrawn(v, options))))
        {
            throw new ArgumentException($"None of the {series.Count} series has a value that can be drawn{(options.IsLogarithmic ? " on a logarithmic axis" : "")}. Give at least one finite{(options.IsLogarithmic ? " value above zero" : " value")}.", nameof(series));
        }

        Range(options, options.Width, 200, 8000, nameof(options.Width));
        Range(options, options.Height, 150, 8000, nameof(options.Height));
        Range(options, options.DotsPerInch, 48, 1200, nameof(options.DotsPerInch));
        if (Limit(options.Minimum, options) >= Limit(options.Maximum, options) || (options.IsLogarithmic && (options.Minimum <= 0 || options.Maximum <= 0)))
        {
            throw new ArgumentException($"The vertical axis cannot run from {options.Minimum} to {options.Maximum}. Give a minimum below the maximum{(options.IsLogarithmic ? ", both above zero" : "")}.", nameof(options));
        }
    }

    /// <summary>Whether a value has a place on the vertical axis.</summary>
    public static bool IsDrawn(double value, SeriesPlotOptions options) => double.IsFinite(value) && (!options.IsLogarithmic || value > 0);

    /// <summary>A value on the vertical axis; null stays.</summary>
    public static double? Limit(double? value, SeriesPlotOptions options) => options.IsLogarithmic && value is { } v ? Math.Log10(v) : value;

    private static void Range(SeriesPlotOptions options, int value, int least, int greatest, string name)
    {
        if (value < least || value > greatest)
        {
            throw new ArgumentException($"{name} of a plot is {value}; {least} to {greatest} is expected.", nameof(options));
        }
    }
}
