using CAManim.Native.Encoding.Text;

namespace CAManim.Native.Encoding.Layout;

/// <summary>What stands over a panel: the series and its normalisation, where there are several of either.</summary>
/// <param name="Style">The text's size.</param>
/// <param name="Text">The text that fits.</param>
internal readonly record struct TileTitle(TextStyle Style, string Text)
{
    /// <summary>Columns that the title takes, with a blank behind it; even.</summary>
    public int Width => (Style.Measure(Text + " ") + 5) / 2 * 2;

    public static TileTitle Make(FrameTile tile, IReadOnlyList<MapSeries> series, VideoOptions options, FrameGeometry g)
    {
        string normalisation = tile.IsLocal ? "local" : "global";
        string title = tile.IsPicture ? "image" : series[tile.Series].Title;
        string text = title.Length == 0 ? normalisation
            : tile.IsPicture || options.View != NormalisationView.Both ? title
            : $"{title} {normalisation}";
        (TextStyle style, string fitted) = TextFit.Fit(text, g.PanelWidth, g.Small, Math.Max(7, g.Small * 3 / 4));
        return new TileTitle(style, fitted);
    }
}
