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

    // Pictures that are larger shrink to this where no size is asked for.
    private const int LargestPanel = 448;
    private const int SmallestPanel = 16;

    // Text grows with the panel: capitals of 8 pixels beside a panel of 224.
    private const int PanelToText = 28;

    // Beside many small panels text is as large as beside two of them.
    private const int FrameToText = 120;

    // What several series share where no scale is asked for, and how small their panels get before the frame grows beyond it.
    private const int TilesWidth = 1600;
    private const int TilesHeight = 960;
    private const int SmallestTile = 112;
    private const int LargestFrame = 16384;

    /// <param name="imageWidth">W of the picture.</param>
    /// <param name="imageHeight">H of the picture.</param>
    /// <param name="options">How the video looks.</param>
    /// <param name="hasCurve">Whether there is a curve of scores.</param>
    /// <param name="series">How many series.</param>
    /// <param name="panelSide">Longer side of a panel, or null for what the options say.</param>
    public FrameGeometry(int imageWidth, int imageHeight, VideoOptions options, bool hasCurve = false, int series = 1, int? panelSide = null)
    {
        Grid = new TileGrid(series, options, imageWidth / (double)imageHeight);
        double scale = (panelSide ?? options.PanelSize) is { } side ? side / (double)Math.Max(imageWidth, imageHeight)
            : options.Scale ?? (series > 1 ? ScaleOfTiles(imageWidth, imageHeight) : ScaleOfOne(Math.Max(imageWidth, imageHeight)));
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

    /// <summary>The geometry, with panels as large as the width that is asked for allows, where one is.</summary>
    /// <exception cref="ArgumentException">The width is too small for the panels and the texts.</exception>
    public static FrameGeometry For(int imageWidth, int imageHeight, VideoOptions options, bool hasCurve, int series)
    {
        if (options.Width is not { } asked)
        {
            return new FrameGeometry(imageWidth, imageHeight, options, hasCurve, series);
        }

        FrameGeometry smallest = new(imageWidth, imageHeight, options, hasCurve, series, SmallestPanel);
        if (smallest.Width > asked)
        {
            throw new ArgumentException($"A frame of {series} series needs a width of at least {smallest.Width} pixels; {asked} were asked for. Choose a larger width, or fewer series.");
        }

        (int fits, int exceeds) = (SmallestPanel, LargestFrame);
        while (exceeds - fits > 1)
        {
            int middle = (fits + exceeds) / 2;
            (fits, exceeds) = Fits(middle) ? (middle, exceeds) : (fits, middle);
        }

        return new FrameGeometry(imageWidth, imageHeight, options, hasCurve, series, fits);

        bool Fits(int side)
        {
            double longer = Math.Max(imageWidth, imageHeight);
            return side * imageWidth / longer * smallest.Grid.Columns <= asked && side * imageHeight / longer * smallest.Grid.Rows <= LargestFrame / 2
                && new FrameGeometry(imageWidth, imageHeight, options, hasCurve, series, side).Width <= asked;
        }
    }

    /// <summary>Top of a row of panels.</summary>
    public int RowY(int row) => PanelY + (row * RowStride);

    // Pictures grow by whole numbers, and shrink to what is worth seeing.
    private static double ScaleOfOne(int longer) => longer > LargestPanel ? LargestPanel / (double)longer : Math.Max(1, Math.Round(PreferredPanel / (double)longer));

    // Images that are larger than their tile shrink; others grow by whole numbers.
    private double ScaleOfTiles(int imageWidth, int imageHeight)
    {
        double side = Math.Clamp(Math.Min(TilesWidth / Grid.Columns, TilesHeight / Grid.Rows), SmallestTile, PreferredPanel);
        double scale = side / Math.Max(imageWidth, imageHeight);
        return scale > 1 ? Math.Floor(scale) : scale;
    }

    private static int Even(int length) => (length + 1) / 2 * 2;
}
