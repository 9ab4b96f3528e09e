using CAManim.Native.Encoding.Text;

namespace CAManim.Native.Encoding.Grids;

/// <summary>Where everything of a grid stands: title; labels of the columns; rows of panels, their labels on the left, captions under them; the colour bar on the right.</summary>
internal sealed class GridGeometry
{
    private const int LargestSide = 16384;

    // Capitals of 8 pixels beside a panel of 128.
    private const int PanelToText = 16;

    // For print six points, of which capitals are 0.72, as long as a panel has room for some letters.
    private const double PrintedInches = 6 * 0.72 / 72;
    private const int PanelToPrinted = 12;

    public GridGeometry(PanelGrid grid)
    {
        int printed = Math.Min((int)((grid.DotsPerInch ?? 0) * PrintedInches), grid.PanelSize / PanelToPrinted);
        Small = Math.Clamp(Math.Max(grid.PanelSize / PanelToText, printed), 8, 40);
        TextStyle small = TextStyle.Of(Small);
        LineHeight = Small + (2 * small.Overhang) + 2;
        Gap = Math.Max(4, Small / 2);
        Margin = Small + 6;
        Sizes = [.. grid.Rows.Select(r => PanelSizeOf(r, grid.PanelSize))];
        CellWidth = Sizes.Max(s => s.Width);
        LabelWidth = Math.Min(grid.Rows.Max(r => Math.Max(small.Measure(r.Label), small.Measure(r.Detail))) + 2, grid.PanelSize * 3 / 2);
        GridX = Margin + LabelWidth + (2 * Gap);
        int top = Margin + (grid.Title.Length == 0 ? 0 : LineHeight + Gap);
        TitleY = Margin;
        ColumnY = top;
        int header = grid.Columns.Any(c => c.Detail.Length > 0) ? 2 : grid.Columns.Any(c => c.Label.Length > 0) ? 1 : 0;
        HasCaptions = grid.Rows.Any(r => r.Cells.Any(c => c?.Caption.Length > 0));
        int y = top + (header * LineHeight);
        RowY = new int[grid.Rows.Count];
        for (int i = 0; i < RowY.Length; i++)
        {
            RowY[i] = y;
            y += Math.Max(Sizes[i].Height, 2 * LineHeight) + (HasCaptions ? LineHeight : 0) + Gap;
        }

        BarX = GridX + (grid.Columns.Count * (CellWidth + Gap)) + Gap;
        BarWidth = Small + 2;
        int barLabel = small.Measure("0.5") + 4;
        (Width, Height) = (BarX + BarWidth + Gap + barLabel + Margin, y - Gap + Margin);
        if (Width > LargestSide || Height > LargestSide)
        {
            throw new ArgumentException(
                $"A grid of {grid.Rows.Count} rows and {grid.Columns.Count} columns would have {Width}x{Height} pixels; the limit is {LargestSide} each way. Choose fewer rows and columns or a smaller {nameof(PanelGrid.PanelSize)} than {grid.PanelSize}.");
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Size of the panels of each row.</summary>
    public (int Width, int Height)[] Sizes { get; }

    /// <summary>Capital height of the text.</summary>
    public int Small { get; }

    public int LineHeight { get; }

    public int Gap { get; }

    public int Margin { get; }

    public int CellWidth { get; }

    public int LabelWidth { get; }

    public int GridX { get; }

    public int TitleY { get; }

    public int ColumnY { get; }

    public int[] RowY { get; }

    public bool HasCaptions { get; }

    public int BarX { get; }

    public int BarWidth { get; }

    public int ColumnX(int column) => GridX + (column * (CellWidth + Gap));

    private static (int Width, int Height) PanelSizeOf(PanelRow row, int longSide)
    {
        double scale = longSide / (double)Math.Max(row.Image.Width, row.Image.Height);
        return (Math.Max(1, (int)Math.Round(row.Image.Width * scale)), Math.Max(1, (int)Math.Round(row.Image.Height * scale)));
    }
}
