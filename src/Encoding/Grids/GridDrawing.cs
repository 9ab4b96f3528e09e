using CAManim.Native.Encoding.Layout;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Grids;

/// <summary>Draws a grid: text first, as still parts, then the maps by the frame kernel.</summary>
internal static class GridDrawing
{
    public static RgbImage Draw(PanelGrid grid)
    {
        GridGeometry g = new(grid);
        GridInk ink = grid.IsLight ? GridInk.Light : GridInk.Dark;
        StillCanvas canvas = new(g.Width, g.Height, ink.Background);
        uint[] table = ColorMaps.Get(grid.ColorMap);
        FramePanel[] panels = [.. grid.Rows.Select((row, i) => MakePanel(grid, row, g.Sizes[i], table))];
        DrawLabels(canvas, grid, g, ink);
        for (int i = 0; i < panels.Length; i++)
        {
            DrawPictures(canvas, grid.Rows[i], panels[i], g, g.RowY[i]);
        }

        ColourBar.Draw(canvas, new ColourBarPlace(g.BarX, g.RowY[0], g.BarWidth, Math.Max(g.Sizes[0].Height, 2 * g.LineHeight), g.Gap, g.LineHeight), table, panels[0].Weight, TextStyle.Of(g.Small), ink.Secondary);
        byte[] pixels = new byte[g.Width * g.Height * 3];
        FramePlanes planes = new(FrameFormat.Rgb24, g.Width, g.Height, pixels, g.Width * 3);
        FrameKernel.Fill(planes, 0, 0, g.Width, g.Height, canvas.Pixels);
        DrawMaps(planes, grid, panels, g);
        return new RgbImage(g.Width, g.Height, pixels);
    }

    private static FramePanel MakePanel(PanelGrid grid, PanelRow row, (int Width, int Height) size, uint[] table) =>
        new(size.Width, size.Height, PanelImage.Resize(row.Image, size.Width, size.Height), table, grid.Alpha);

    private static void DrawLabels(StillCanvas canvas, PanelGrid grid, GridGeometry g, GridInk ink)
    {
        Line(grid.Title, g.Margin, g.TitleY, g.Width - (2 * g.Margin), ink.Primary);
        for (int column = 0; column < grid.Columns.Count; column++)
        {
            Line(grid.Columns[column].Label, g.ColumnX(column), g.ColumnY, g.CellWidth, ink.Primary);
            Line(grid.Columns[column].Detail, g.ColumnX(column), g.ColumnY + g.LineHeight, g.CellWidth, ink.Secondary);
        }

        for (int i = 0; i < grid.Rows.Count; i++)
        {
            PanelRow row = grid.Rows[i];
            int y = g.RowY[i] + ((Math.Max(g.Sizes[i].Height, 2 * g.LineHeight) - ((row.Detail.Length == 0 ? 1 : 2) * g.LineHeight)) / 2);
            Line(row.Label, g.Margin, y, g.LabelWidth, ink.Primary);
            Line(row.Detail, g.Margin, y + g.LineHeight, g.LabelWidth, ink.Secondary);
            for (int column = 0; column < row.Cells.Count; column++)
            {
                Line(row.Cells[column]?.Caption ?? "", g.ColumnX(column), g.RowY[i] + Math.Max(g.Sizes[i].Height, 2 * g.LineHeight), g.CellWidth, ink.Secondary);
            }
        }

        void Line(string text, int x, int y, int width, uint color)
        {
            if (text.Length > 0)
            {
                (TextStyle style, string fitted) = TextFit.Fit(text, width, g.Small, Math.Max(7, g.Small * 3 / 4));
                canvas.DrawText(x, y, width, g.LineHeight, style, fitted, color);
            }
        }
    }

    private static void DrawPictures(StillCanvas canvas, PanelRow row, FramePanel panel, GridGeometry g, int y)
    {
        for (int column = 0; column < row.Cells.Count; column++)
        {
            if (row.Cells[column] is { Map: null })
            {
                canvas.DrawImage(g.ColumnX(column), y, panel.Width, panel.Height, panel.Image);
            }
        }
    }

    private static void DrawMaps(in FramePlanes planes, PanelGrid grid, FramePanel[] panels, GridGeometry g)
    {
        FrameScratch scratch = new();
        for (int i = 0; i < panels.Length; i++)
        {
            for (int column = 0; column < grid.Columns.Count; column++)
            {
                if (grid.Rows[i].Cells[column] is { Map: { } map } cell)
                {
                    FramePlace place = new(g.ColumnX(column), g.RowY[i], cell.Minimum, cell.Maximum);
                    FrameKernel.Compose(planes, new FrameMap(map.Map.Span, map.Height, map.Width), panels[i], [place], [], scratch);
                }
            }
        }
    }
}
