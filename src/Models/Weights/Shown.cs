using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Models.Weights;

/// <summary>Keys of files in messages: whoever wrote the file chose them.</summary>
internal static class Shown
{
    private const int Longest = 120;

    /// <summary>Control characters are shown as what they are, and what is long is cut.</summary>
    public static string Text(string text) => VisibleText.Line(text.Length > Longest ? text[..Longest] + "..." : text);
}
