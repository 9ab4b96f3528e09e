using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Layout;

/// <summary>The colours from 1 at the top to 0 at the bottom, as they lie over a grey of the picture, so that they match what is seen beside them.</summary>
internal static class ColourBar
{
    /// <param name="canvas">Where it is drawn.</param>
    /// <param name="place">Its place; labels stand right of it.</param>
    /// <param name="table">256 packed colours.</param>
    /// <param name="weight">Their weight over the picture, 0..256.</param>
    /// <param name="style">Of the labels.</param>
    /// <param name="color">Of the labels.</param>
    public static void Draw(StillCanvas canvas, ColourBarPlace place, uint[] table, uint weight, TextStyle style, uint color)
    {
        for (int row = 0; row < place.Height; row++)
        {
            uint entry = table[255 - (int)(row * 255L / Math.Max(1, place.Height - 1))];
            canvas.DrawBox(place.X, place.Y + row, place.Width, 1, PackedColor.Blend(entry, Theme.MiddleGrey, weight));
        }

        int half = place.LineHeight / 2;
        int above = style.CapitalHeight / 2;
        Label("1", place.Y - half + above);
        if (place.Height > 4 * place.LineHeight)
        {
            Label("0.5", place.Y + (place.Height / 2) - half);
        }

        Label("0", place.Y + place.Height - half - above);

        void Label(string text, int y) =>
            canvas.DrawText(place.X + place.Width + place.Gap, y, style.Measure("0.5") + 2, place.LineHeight, style, text, color);
    }
}
