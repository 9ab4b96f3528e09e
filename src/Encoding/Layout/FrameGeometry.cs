namespace CAManim.Native.Encoding.Layout;

/// <summary>
/// Where everything stands. From top to bottom: title and frame number; layer; class and size; panel titles; panels with the colour bar; curve of the scores, where there are any; target; progress line.
/// Several series have several rows of panels, each with its titles.
/// All positions and sizes of what is drawn anew for every frame are even, as 4:2:0 asks.
/// </summary>
internal sealed class FrameGeometry
{
    // Below this the head of the frame does not fit the names of layers.
    private const int SmallestContent = 400;
    private const int PreferredPanel = 256;

    // Text grows with the panel: capitals of 8 pixels beside a panel of 224.
    private const int PanelToText = 28;

    // Beside many small panels text is as large as beside two of them.
    private const int FrameToText = 120;

    // What several series share where no scale is asked for, and how small their panels get before the frame grows beyond it.
    private const int TilesWidth = 1600;
    private const int TilesHeight = 960;
    private const int SmallestTile = 112;
    private const int LargestFrame = 16384;

    public FrameGeometry(int imageWidth, int imageHeight, VideoOptions options, bool hasCurve = false, int series = 1)
    {
        Grid = new TileGrid(series, options, imageWidth / (double)imageHeight);
        Scale = options.Scale ?? Math.Max(1, (int)Math.Round(PreferredPanel / (double)Math.Max(imageWidth, imageHeight)));
        double scale = options.Scale is null && series > 1 ? ScaleOfTiles(imageWidth, imageHeight) : Scale;
        PanelWidth = Math.Max(1, checked((int)Math.Round(imageWidth * scale)));
        PanelHeight = Math.Max(1, checked((int)Math.Round(imageHeight * scale)));

        int unit = Math.Clamp(Math.Max(PanelWidth / PanelToText, Grid.Columns * PanelWidth / FrameToText), 8, 40);
        Small = unit;
        Large = unit + (unit / 3);
        Gap = Even(unit + 4);
        Margin = Even(unit + 6);
        BarWidth = Even(unit + 2);
        BarGap = Small * 3 / 4;
        BarLabels = BarGap + Text.TextStyle.Of(Small).Measure("0.5") + 2;
        int row = (Even(PanelWidth) * Grid.Columns) + (Gap * Grid.Columns) + BarWidth + BarLabels;
        Content = Even(Math.Max(row, SmallestContent));
        Width = Content + (2 * Margin);
        int left = Margin + Even((Content - row) / 2);
        PanelX = [.. Enumerable.Range(0, Grid.Columns).Select(i => left + (i * (Even(PanelWidth) + Gap)))];
        BarX = PanelX[^1] + Even(PanelWidth) + Gap;

        TitleY = Even(Margin * 3 / 4);
        LineHeight = Even(Small + (2 * Text.TextStyle.Of(Small).Overhang) + 2);
        LargeLineHeight = Even(Large + (2 * Text.TextStyle.Of(Large, isBold: true).Overhang) + 2);
        LayerY = TitleY + LineHeight + Even(Small / 4);
        ClassY = LayerY + LargeLineHeight;
        PanelTitleY = ClassY + LineHeight + Even(Small / 2);
        PanelY = PanelTitleY + LineHeight;
        RowStride = Even(PanelHeight) + Even(Small / 2) + LineHeight;
        CurveTitleY = PanelY + (Grid.Rows * RowStride) - LineHeight;
        CurveX = Margin;
        CurveY = CurveTitleY + (hasCurve ? LineHeight : 0);
        CurveWidth = Even(Content - BarGap - Text.TextStyle.Of(Small).Measure("-0.000") - 2);
        CurveHeight = hasCurve ? 8 * Even(Small * 7 / 10) : 0;
        TargetY = CurveY + CurveHeight + (hasCurve ? Even(Small / 2) : 0);
        ProgressY = TargetY + LineHeight + Even(Small / 3);
        ProgressHeight = Even(Math.Max(4, Small / 3));
        Height = ProgressY + ProgressHeight + Margin;
        if (Width > LargestFrame || Height > LargestFrame)
        {
            throw new ArgumentException($"The frames would have {Width}x{Height} pixels; encoders take at most {LargestFrame} across and down. Choose a smaller Scale, one view, or a smaller image.");
        }
    }

    public int Width { get; }

    public int Height { get; }

    public int Scale { get; }

    public int PanelWidth { get; }

    public int PanelHeight { get; }

    /// <summary>The panels' columns and rows.</summary>
    public TileGrid Grid { get; }

    /// <summary>Left columns of the panels.</summary>
    public int[] PanelX { get; }

    /// <summary>Top of the first row of panels.</summary>
    public int PanelY { get; }

    /// <summary>From one row of panels to the next.</summary>
    public int RowStride { get; }

    /// <summary>From the top of the panels to their bottom.</summary>
    public int PanelsHeight => ((Grid.Rows - 1) * RowStride) + PanelHeight;

    public int BarX { get; }

    public int BarWidth { get; }

    /// <summary>Columns between the bar and its labels.</summary>
    public int BarGap { get; }

    /// <summary>Columns right of the bar that its labels take, the gap included.</summary>
    public int BarLabels { get; }

    public int Margin { get; }

    public int Gap { get; }

    /// <summary>Columns between the margins.</summary>
    public int Content { get; }

    /// <summary>Capital height of captions.</summary>
    public int Small { get; }

    /// <summary>Capital height of the layer's name.</summary>
    public int Large { get; }

    public int LineHeight { get; }

    public int LargeLineHeight { get; }

    public int TitleY { get; }

    public int LayerY { get; }

    public int ClassY { get; }

    public int PanelTitleY { get; }

    public int CurveTitleY { get; }

    public int CurveX { get; }

    public int CurveY { get; }

    public int CurveWidth { get; }

    /// <summary>Rows of the curve; 0 where there is none.</summary>
    public int CurveHeight { get; }

    public int TargetY { get; }

    public int ProgressY { get; }

    public int ProgressHeight { get; }

    /// <summary>Top of a row of panels.</summary>
    public int RowY(int row) => PanelY + (row * RowStride);

    // Images that are larger than their tile shrink; others grow by whole numbers.
    private double ScaleOfTiles(int imageWidth, int imageHeight)
    {
        double side = Math.Clamp(Math.Min(TilesWidth / Grid.Columns, TilesHeight / Grid.Rows), SmallestTile, PreferredPanel);
        double scale = side / Math.Max(imageWidth, imageHeight);
        return scale > 1 ? Math.Floor(scale) : scale;
    }

    private static int Even(int length) => (length + 1) / 2 * 2;
}
