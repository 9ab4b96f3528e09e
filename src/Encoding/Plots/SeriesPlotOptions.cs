namespace CAManim.Native.Encoding.Plots;

/// <summary>How a <see cref="SeriesPlot"/> looks.</summary>
public sealed record SeriesPlotOptions
{
    /// <summary>Above the plot; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Below the horizontal axis.</summary>
    public string HorizontalLabel { get; init; } = "Frame";

    /// <summary>Beside the vertical axis; null for none.</summary>
    public string? VerticalLabel { get; init; }

    /// <summary>Names of the frames: as many as fit stand along the horizontal axis. Null: frames are numbered.</summary>
    public IReadOnlyList<string>? FrameNames { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; values of 0 and below are gaps then.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Lower end of the vertical axis; null: from the values.</summary>
    public double? Minimum { get; init; }

    /// <summary>Upper end of the vertical axis; null: from the values.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether a line is drawn at 0, which the axis then holds.</summary>
    public bool HasZeroLine { get; init; }

    /// <summary>Whether the highest value of every series is marked by a ring; of references it is not.</summary>
    public bool MarksHighest { get; init; }

    /// <summary>Width in logical pixels (1/96 inch), 200 to 8000.</summary>
    public int Width { get; init; } = 960;

    /// <summary>Height in logical pixels (1/96 inch), 150 to 8000.</summary>
    public int Height { get; init; } = 540;

    /// <summary>Resolution of a PNG, 48 to 1200; 300 for print. The picture has width · dpi / 96 pixels, and the file says so.</summary>
    public int DotsPerInch { get; init; } = 96;
}
