namespace CAManim.Native.Models.Weights;

/// <summary>Prefixes that wrappers put before all keys: DataParallel's <c>module.</c>, torch.compile's <c>_orig_mod.</c>, Lightning's <c>model.</c> and the like.</summary>
internal static class KeyPrefix
{
    /// <summary>The first parts that all keys of a file share and not all keys of the network have.</summary>
    /// <returns>The prefix to remove from the file's keys, with its dot; empty where there is none.</returns>
    public static string ToRemove(IReadOnlyCollection<string> fileKeys, IReadOnlyCollection<string> networkKeys)
    {
        string prefix = "";
        while (fileKeys.Count > 0)
        {
            string first = fileKeys.First();
            int dot = first.IndexOf('.', prefix.Length);
            string longer = dot < 0 ? "" : first[..(dot + 1)];
            string part = dot < 0 ? "" : longer[prefix.Length..];
            if (dot < 0 || !fileKeys.All(k => k.StartsWith(longer, StringComparison.Ordinal)) || networkKeys.All(k => k.StartsWith(part, StringComparison.Ordinal)))
            {
                break;
            }

            prefix = longer;
        }

        return prefix;
    }
}
