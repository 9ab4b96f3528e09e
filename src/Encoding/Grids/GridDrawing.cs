using CAManim.Native.Encoding.Layout;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Grids;

/// <summary>Draws a grid: text first, as still parts, then the maps by the frame kernel.</summary>
internal static class GridDrawing
{
    /// <param name="grid">The grid.</param>
    /// <param name="g">Its geometry.</param>
    /// <param name="hasLabels">Whether the text is drawn, but for the colour bar's.</param>
    public static RgbImage Draw(PanelGrid grid, GridGeometry g, bool hasLabels = true)
    {
        GridInk ink = GridInk.Of(grid);
        StillCanvas canvas = new(g.Width, g.Height, ink.Background);
        uint[] table = ColorMaps.Get(grid.ColorMap);
        PanelPicture[] panels = [.. grid.Rows.Select((row, i) => MakePanel(grid, row, g.Sizes[i], table, ink.Background))];
        foreach (GridLabel label in hasLabels ? GridLabels.Of(grid, g) : [])
        {
            canvas.DrawText(label.X, label.Y, label.Width, g.LineHeight, label.Style, label.Text, label.Color);
        }

        for (int i = 0; i < panels.Length; i++)
        {
            DrawPictures(canvas, grid.Rows[i], panels[i], g, g.RowY[i]);
        }

        ColourBar.Draw(canvas, new ColourBarPlace(g.BarX, g.RowY[0], g.BarWidth, Math.Max(g.Sizes[0].Height, 2 * g.LineHeight), g.Gap, g.LineHeight), table, panels[0].Map.Weight, TextStyle.Of(g.Small), ink.Secondary);
        byte[] pixels = new byte[g.Width * g.Height * 3];
        FramePlanes planes = new(FrameFormat.Rgb24, g.Width, g.Height, pixels, g.Width * 3);
        FrameKernel.Fill(planes, 0, 0, g.Width, g.Height, canvas.Pixels);
        DrawMaps(planes, grid, panels, g);
        return new RgbImage(g.Width, g.Height, pixels);
    }

    private static PanelPicture MakePanel(PanelGrid grid, PanelRow row, (int Width, int Height) size, uint[] table, uint background) =>
        new(row.Image, row.Area, size.Width, size.Height, table, grid.Alpha, background);

    private static void DrawPictures(StillCanvas canvas, PanelRow row, PanelPicture panel, GridGeometry g, int y)
    {
        for (int column = 0; column < row.Cells.Count; column++)
        {
            if (row.Cells[column] is { } cell && (cell.Map is null || panel.HasBorder))
            {
                canvas.DrawImage(g.ColumnX(column), y, panel.Width, panel.Height, panel.Pixels);
            }
        }
    }

    private static void DrawMaps(in FramePlanes planes, PanelGrid grid, PanelPicture[] panels, GridGeometry g)
    {
        FrameScratch scratch = new();
        for (int i = 0; i < panels.Length; i++)
        {
            for (int column = 0; column < grid.Columns.Count; column++)
            {
                if (grid.Rows[i].Cells[column] is { Map: { } map } cell)
                {
                    FramePlace place = new(g.ColumnX(column) + panels[i].X, g.RowY[i] + panels[i].Y, cell.Minimum, cell.Maximum);
                    FrameKernel.Compose(planes, new FrameMap(map.Map.Span, map.Height, map.Width), panels[i].Map, [place], [], scratch);
                }
            }
        }
    }
}
