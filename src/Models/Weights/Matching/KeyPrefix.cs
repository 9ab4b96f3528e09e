namespace CAManim.Native.Models.Weights.Matching;

/// <summary>What wrappers put before all keys of a network: DataParallel's <c>module.</c>, torch.compile's <c>_orig_mod.</c>, Lightning's <c>model.</c> and the like.</summary>
internal static class KeyPrefix
{
    private const int Longest = 256;

    /// <summary>Names that training programs give to the network itself; what else is there is a copy of it (an average, a teacher).</summary>
    private static readonly string[] Usual = ["", "module.", "model.", "net.", "network."];

    /// <summary>The prefix under which most of the network's keys stand in the file; other keys may stand beside it.</summary>
    /// <param name="fileKeys">All keys of the file.</param>
    /// <param name="networkKeys">Those of the network.</param>
    /// <returns>The prefix with its dot, or nothing; and others under which as many keys stand.</returns>
    public static (string Prefix, IReadOnlyList<string> Rivals) Find(IEnumerable<string> fileKeys, IReadOnlySet<string> networkKeys)
    {
        int longestKey = networkKeys.Count == 0 ? 0 : networkKeys.Max(k => k.Length);
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known = new HashSet<string>(networkKeys, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byPrefix = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string key in fileKeys)
        {
            // Only as many characters as a key of the network has: keys of a file may be as long as it.
            for (int start = Math.Max(0, key.Length - longestKey); start < key.Length; start++)
            {
                if ((start == 0 || key[start - 1] == '.') && start <= Longest && known.Contains(key.AsSpan(start)))
                {
                    ReadOnlySpan<char> prefix = key.AsSpan(0, start);
                    byPrefix[prefix] = byPrefix.TryGetValue(prefix, out int count) ? count + 1 : 1;
                }
            }
        }

        if (counts.Count == 0)
        {
            return ("", []);
        }

        int most = counts.Values.Max();
        string[] best = [.. counts.Where(c => c.Value == most).Select(c => c.Key).OrderBy(p => Array.IndexOf(Usual, p) is >= 0 and var i ? i : Usual.Length).ThenBy(p => p.Length)];
        return (best[0], best[1..]);
    }

    /// <summary>Whether the network itself usually stands under a prefix.</summary>
    public static bool IsUsual(string prefix) => Array.IndexOf(Usual, prefix) >= 0;
}
