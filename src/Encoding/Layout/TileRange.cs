using System.Globalization;
using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Layout;

/// <summary>What stands right of a panel's title and changes from layer to layer: the range of the normalisation or, where several series are scored, the score.</summary>
internal sealed class TileRange
{
    private readonly CaptionStrip _strip;
    private readonly TextStyle _style;
    private readonly bool _showsScore;

    private TileRange(FrameTile tile, CaptionStrip strip, TextStyle style, bool showsScore) => (Tile, _strip, _style, _showsScore) = (tile, strip, style, showsScore);

    /// <summary>The panel.</summary>
    public FrameTile Tile { get; }

    /// <summary>Null where the panel is no wider than its title.</summary>
    public static TileRange? TryMake(FrameTile tile, TileTitle title, FrameGeometry g, bool showsScore)
    {
        int width = ((g.PanelWidth + 1) / 2 * 2) - title.Width;
        return width <= 0 ? null : new TileRange(
            tile,
            new CaptionStrip(g.PanelX[tile.Column] + title.Width, g.RowY(tile.Row) - g.LineHeight, width, g.LineHeight, Theme.Secondary, Theme.Background),
            title.Style,
            showsScore);
    }

    /// <summary>A score in words.</summary>
    public static string Score(float road) => string.Create(CultureInfo.InvariantCulture, $"ROAD {road:0.000}");

    /// <summary>Writes the text of a layer; nothing where there is no room for it.</summary>
    public FrameCaption Write(LayerMap layer, (float Minimum, float Maximum) range)
    {
        string text = _showsScore && layer.Road is float road ? Score(road) : StillParts.Range(range.Minimum, range.Maximum);
        _strip.Clear();
        _strip.Right(_style, _style.Measure(text) <= _strip.Width ? text : "");
        return _strip.Caption;
    }
}
