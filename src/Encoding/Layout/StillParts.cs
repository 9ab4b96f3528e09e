using System.Globalization;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Layout;

/// <summary>Draws what is the same in every frame: titles, the plain image, the colour bar, the target.</summary>
internal static class StillParts
{
    public static StillCanvas Draw(FrameGeometry g, VideoOptions options, PanelPicture picture, TileTitle[] titles)
    {
        StillCanvas canvas = new(g.Width, g.Height);
        TextStyle small = TextStyle.Of(g.Small);
        (TextStyle style, string title) = TextFit.Fit(options.Title, g.Content * 3 / 4, g.Small, g.Small);
        canvas.DrawText(g.Margin, g.TitleY, g.Content, g.LineHeight, style, title, Theme.Secondary);
        for (int i = 0; i < titles.Length; i++)
        {
            FrameTile tile = g.Grid.Tiles[i];
            int x = g.PanelX[tile.Column];
            canvas.DrawText(x, g.RowY(tile.Row) - g.LineHeight, g.PanelWidth, g.LineHeight, titles[i].Style, titles[i].Text, Theme.Primary);
            if (tile.IsPicture || picture.HasBorder)
            {
                canvas.DrawImage(x, g.RowY(tile.Row), g.PanelWidth, g.PanelHeight, picture.Pixels);
            }
        }

        ColourBarPlace bar = new(g.BarX, g.PanelY, g.BarWidth, g.PanelsHeight, g.BarGap, g.LineHeight);
        ColourBar.Draw(canvas, bar, picture.Map.Table, picture.Map.Weight, small, Theme.Secondary);
        DrawTarget(canvas, g, options, small);
        return canvas;
    }

    /// <summary>The ends of a normalisation in words; a range without width says so.</summary>
    public static string Range(float minimum, float maximum) =>
        maximum > minimum ? $"{Number(minimum)} \u2013 {Number(maximum)}" : "constant";

    // Three significant digits.
    private static string Number(float value) => Math.Abs(value) switch
    {
        0 => "0",
        < 1e-3f or >= 1e5f => value.ToString("0.0e0", CultureInfo.InvariantCulture),
        < 0.1f => value.ToString("0.####", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };

    private static void DrawTarget(StillCanvas canvas, FrameGeometry g, VideoOptions options, TextStyle small)
    {
        string probability = float.IsNaN(options.Probability) ? "" : options.Probability.ToString("0.0 %", CultureInfo.InvariantCulture);
        if (options.Target.Length == 0 && probability.Length == 0)
        {
            return;
        }

        const string Label = "target  ";
        int indent = small.Measure(Label);
        canvas.DrawText(g.Margin, g.TargetY, g.Content, g.LineHeight, small, Label, Theme.Secondary);
        canvas.DrawText(g.Margin, g.TargetY, g.Content, g.LineHeight, small, probability, Theme.Primary, right: true);
        (TextStyle style, string target) = TextFit.Fit(options.Target, g.Content - indent - small.Measure(probability) - g.Gap, g.Small, g.Small);
        canvas.DrawText(g.Margin + indent, g.TargetY, g.Content - indent, g.LineHeight, style, target, Theme.Primary);
    }
}
