namespace CAManim.Native.Encoding.Plots;

/// <summary>One line of a <see cref="SeriesPlot"/>.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Values">One value a frame; NaN and infinities are gaps.</param>
public sealed record PlotSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Half the height of the band around the line, one a frame (for instance a standard deviation); null for no band. Not finite or negative: no band there.</summary>
    public IReadOnlyList<double>? Deviations { get; init; }

    /// <summary>Whether the line is a grey dashed one without marks: for baselines and levels of chance.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether values are marks without a line: for what does not go on from frame to frame.</summary>
    public bool IsPoints { get; init; }
}
