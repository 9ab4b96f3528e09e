namespace CAManim.Native.Encoding.Plots;

/// <summary>One of several plots that stand one above another over the same frames.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Series">Its lines, 1 or more.</param>
public sealed record PlotPanel(string Title, IReadOnlyList<PlotSeries> Series);
