using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Encoding.Text;

/// <summary>Makes text fit: first smaller, then with its middle left out, because the ends of a layer's name tell most. Characters that control are shown as their escapes.</summary>
internal static class TextFit
{
    private const char Ellipsis = '\u2026';

    /// <returns>The largest style not above <paramref name="capitalHeight"/> in which the text fits, and the text to draw.</returns>
    public static (TextStyle Style, string Text) Fit(string text, int width, int capitalHeight, int smallest, bool isBold = false)
    {
        text = VisibleText.Line(text);
        for (int size = capitalHeight; size >= smallest; size--)
        {
            TextStyle style = TextStyle.Of(size, isBold);
            if (style.Measure(text) <= width)
            {
                return (style, text);
            }
        }

        TextStyle last = TextStyle.Of(smallest, isBold);
        return (last, Shorten(text, shorter => last.Measure(shorter) <= width));
    }

    /// <summary>The text with as little of its middle left out as lets it fit; nothing where nothing fits.</summary>
    public static string Shorten(string text, Func<string, bool> isFitting)
    {
        text = VisibleText.Line(text);
        if (isFitting(text))
        {
            return text;
        }

        for (int kept = text.Length - 1; kept > 0; kept--)
        {
            string shorter = string.Concat(text.AsSpan(0, (kept + 1) / 2), [Ellipsis], text.AsSpan(text.Length - (kept / 2)));
            if (isFitting(shorter))
            {
                return shorter;
            }
        }

        return "";
    }
}
