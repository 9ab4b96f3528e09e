using System.Globalization;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Layout;

/// <summary>Draws what is the same in every frame: titles, the plain image, the colour bar, the target.</summary>
internal static class StillParts
{
    public static StillCanvas Draw(FrameGeometry g, VideoOptions options, uint[] image, uint[] table, (float Minimum, float Maximum) global)
    {
        StillCanvas canvas = new(g.Width, g.Height);
        TextStyle small = TextStyle.Of(g.Small);
        (TextStyle style, string title) = TextFit.Fit(options.Title, g.Content * 3 / 4, g.Small, g.Small);
        canvas.DrawText(g.Margin, g.TitleY, g.Content, g.LineHeight, style, title, Theme.Secondary);
        DrawPanelTitles(canvas, g, options, small, global);
        if (options.ShowImage)
        {
            canvas.DrawImage(g.PanelX[0], g.PanelY, g.PanelWidth, g.PanelHeight, image);
        }

        ColourBarPlace bar = new(g.BarX, g.PanelY, g.BarWidth, g.PanelHeight, g.BarGap, g.LineHeight);
        ColourBar.Draw(canvas, bar, table, (uint)MathF.Round(options.Alpha * 256), small, Theme.Secondary);
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

    private static void DrawPanelTitles(StillCanvas canvas, FrameGeometry g, VideoOptions options, TextStyle small, (float Minimum, float Maximum) global)
    {
        int width = g.PanelWidth;
        int first = g.Panels - g.MapPanels;
        if (options.ShowImage)
        {
            canvas.DrawText(g.PanelX[0], g.PanelTitleY, width, g.LineHeight, small, "image", Theme.Primary);
        }

        if (options.View != NormalisationView.Global)
        {
            canvas.DrawText(g.PanelX[first], g.PanelTitleY, width, g.LineHeight, small, "local", Theme.Primary);
        }

        if (options.View != NormalisationView.Local)
        {
            int x = g.PanelX[^1];
            canvas.DrawText(x, g.PanelTitleY, width, g.LineHeight, small, "global", Theme.Primary);
            string range = Range(global.Minimum, global.Maximum);
            if (small.Measure("global ") + small.Measure(range) <= width)
            {
                canvas.DrawText(x, g.PanelTitleY, width, g.LineHeight, small, range, Theme.Secondary, right: true);
            }
        }
    }

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
