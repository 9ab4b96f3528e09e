using System.Buffers;
using System.Globalization;
using System.Text;

namespace CAManim.Native.Kernels.Texts;

/// <summary>
/// Text of strangers (names of layers and classes, of keys in weight files, paths) made harmless for terminals and captions: what would control them is shown
/// as its escape (<c>\u001b</c>), which JSON reads back as the same character.
/// </summary>
/// <remarks>
/// Control characters (C0, DEL, C1), those that turn the direction of writing (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069)
/// and the separators U+2028 and U+2029. What is left alone is returned as it is, without a copy.
/// </remarks>
public static class VisibleText
{
    private static readonly string Controls = string.Concat(Enumerable.Range(0, 0xA0).Where(c => c is < 0x20 or >= 0x7F).Select(c => (char)c));
    private static readonly string Directions = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u2028\u2029";

    private static readonly SearchValues<char> InLine = SearchValues.Create(Controls + Directions);
    private static readonly SearchValues<char> InText = SearchValues.Create((Controls + Directions).Replace("\n", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal));

    /// <summary>Text for one line: line breaks and tabs are shown too.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(InLine) ? Show(text, InLine) : text;
    }

    /// <summary>Text of several lines: line feeds and tabs stay.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(InText) ? Show(text, InText) : text;
    }

    private static string Show(string text, SearchValues<char> hidden)
    {
        StringBuilder shown = new(text.Length + 16);
        foreach (char c in text)
        {
            if (hidden.Contains(c))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }
}
