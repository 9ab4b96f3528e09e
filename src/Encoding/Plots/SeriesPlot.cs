namespace CAManim.Native.Encoding.Plots;

/// <summary>Draws one or several series over depth: a value a frame, with the layers' names along the axis; as PNG or SVG.</summary>
/// <remarks>
/// Light background, colours that people with colour blindness can tell apart (Okabe and Ito 2008), a band for deviations, gaps where a
/// value is missing. The letters are this package's own, so that a PNG is the same with and without fonts installed; in an SVG texts are
/// texts, shown in the viewer's sans-serif. The file appears whole or not at all.
/// </remarks>
public static class SeriesPlot
{
    /// <summary>Endings that a plot's file may have.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".svg"];

    /// <summary>Draws a plot into a file.</summary>
    /// <param name="path">Ends in .png or .svg; an existing file is replaced.</param>
    /// <param name="series">The lines, 1 or more; they may differ in length. A series without any value that can be drawn has its name in the legend only.</param>
    /// <param name="options">How it looks; null for the standard.</param>
    /// <exception cref="ArgumentException">The ending is unknown, there is no series or none has a value, deviations and values differ in number, or an option is out of range.</exception>
    /// <exception cref="IOException">The folder does not exist or cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<PlotSeries> series, SeriesPlotOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(series);
        WritePanels(path, [new PlotPanel("", series)], options);
    }

    /// <summary>Draws several plots one above another into a file, all over the same frames and, unless the options say otherwise, the same range of values.</summary>
    /// <param name="path">As for <see cref="Write"/>.</param>
    /// <param name="panels">From top to bottom, 1 or more.</param>
    /// <param name="options">How they look: the size is that of the whole; names of frames and the label below stand under the last panel. Null for the standard.</param>
    /// <exception cref="ArgumentException">As for <see cref="Write"/>, for any panel; or there is none.</exception>
    /// <exception cref="IOException">The folder does not exist or cannot be written.</exception>
    public static void WritePanels(string path, IReadOnlyList<PlotPanel> panels, SeriesPlotOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(panels);
        options ??= new SeriesPlotOptions();
        bool isVector = IsVector(path);
        byte[] content = PanelDrawing.Draw(panels, options, isVector);
        using OutputFile file = new(path, isNamed: true);
        File.WriteAllBytes(file.TemporaryPath, content);
        file.Commit();
    }

    private static bool IsVector(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".svg" => true,
        ".png" => false,
        string other => throw new ArgumentException($"A plot '{path}' was asked for; files ending in '{other}' cannot be drawn. Use {string.Join(" or ", Extensions)}.", nameof(path)),
    };
}
