namespace CAManim.Native.Encoding.Layout;

/// <summary>How the panels of a frame are arranged: one series side by side, several in a grid about as wide as a screen, with the global maps under the local ones.</summary>
internal sealed class TileGrid
{
    private const double ScreenAspect = 16 / 9.0;

    /// <param name="series">How many, 1 or more.</param>
    /// <param name="options">Which normalisations, and whether the picture is shown; it comes first.</param>
    /// <param name="imageAspect">Width over height of a panel.</param>
    public TileGrid(int series, VideoOptions options, double imageAspect)
    {
        int views = options.View == NormalisationView.Both ? 2 : 1;
        int pictures = options.ShowImage ? 1 : 0;
        bool isRow = series == 1;
        int units = isRow ? pictures + views : pictures + series;
        Columns = isRow ? units : ChooseColumns(units, imageAspect / views, options.ShowImage ? 1 : options.SeriesInGroup);
        Rows = isRow ? 1 : (units + Columns - 1) / Columns * views;
        List<FrameTile> tiles = [];
        if (options.ShowImage)
        {
            tiles.Add(new FrameTile(-1, IsLocal: false, 0, 0));
        }

        for (int i = 0; i < series; i++)
        {
            for (int view = 0; view < views; view++)
            {
                bool isLocal = options.View == NormalisationView.Local || (views == 2 && view == 0);
                int unit = pictures + i;
                tiles.Add(isRow
                    ? new FrameTile(i, isLocal, pictures + view, 0)
                    : new FrameTile(i, isLocal, unit % Columns, (unit / Columns * views) + view));
            }
        }

        Tiles = tiles;
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>The picture, if it is shown, then the panels of each series.</summary>
    public IReadOnlyList<FrameTile> Tiles { get; }

    // As few rows as a screen's shape asks for, and then as few columns as fill them and keep groups whole.
    private static int ChooseColumns(int units, double unitAspect, int group)
    {
        int most = Math.Clamp((int)Math.Ceiling(Math.Sqrt(units * ScreenAspect / unitAspect)), 1, units);
        int rows = (units + most - 1) / most;
        int columns = (units + rows - 1) / rows;
        return Math.Min(units, (columns + group - 1) / group * group);
    }
}
