namespace CAManim.Native.Models.Weights;

/// <summary>Keys of files in messages: whoever wrote the file chose them.</summary>
internal static class Shown
{
    private const int Longest = 120;

    /// <summary>Control characters become question marks, and what is long is cut.</summary>
    public static string Text(string text)
    {
        ReadOnlySpan<char> part = text.AsSpan(0, Math.Min(text.Length, Longest));
        string shown = string.Create(part.Length, part, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
        return text.Length > Longest ? shown + "..." : shown;
    }
}
