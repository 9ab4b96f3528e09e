using CAManim.Native.Encoding.Text;

namespace CAManim.Native.Encoding.Grids;

/// <summary>The text of a grid: title, columns, rows, captions.</summary>
internal static class GridLabels
{
    public static IEnumerable<GridLabel> Of(PanelGrid grid, GridGeometry g)
    {
        GridInk ink = GridInk.Of(grid);
        List<GridLabel> labels = [];
        Line(grid.Title, g.Margin, g.TitleY, g.Width - (2 * g.Margin), ink.Primary);
        for (int column = 0; column < grid.Columns.Count; column++)
        {
            Line(grid.Columns[column].Label, g.ColumnX(column), g.ColumnY, g.CellWidth, ink.Primary);
            Line(grid.Columns[column].Detail, g.ColumnX(column), g.ColumnY + g.LineHeight, g.CellWidth, ink.Secondary);
        }

        for (int i = 0; i < grid.Rows.Count; i++)
        {
            PanelRow row = grid.Rows[i];
            int height = Math.Max(g.Sizes[i].Height, 2 * g.LineHeight);
            int y = g.RowY[i] + ((height - ((row.Detail.Length == 0 ? 1 : 2) * g.LineHeight)) / 2);
            Line(row.Label, g.Margin, y, g.LabelWidth, ink.Primary);
            Line(row.Detail, g.Margin, y + g.LineHeight, g.LabelWidth, ink.Secondary);
            for (int column = 0; column < row.Cells.Count; column++)
            {
                Line(row.Cells[column]?.Caption ?? "", g.ColumnX(column), g.RowY[i] + height, g.CellWidth, ink.Secondary);
            }
        }

        return labels;

        void Line(string text, int x, int y, int width, uint color)
        {
            if (text.Length > 0)
            {
                (TextStyle style, string fitted) = TextFit.Fit(text, width, g.Small, Math.Max(7, g.Small * 3 / 4));
                labels.Add(new GridLabel(fitted, style, x, y, width, color));
            }
        }
    }
}
