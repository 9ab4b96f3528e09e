namespace CAManim.Native.Models.Weights.Matching;

/// <summary>A file's tensors by the keys of today, without the prefix of wrappers.</summary>
internal sealed class FileKeys
{
    private readonly Dictionary<string, WeightEntry> _entries = new(StringComparer.Ordinal);

    /// <param name="file">The file.</param>
    /// <param name="networkKeys">Keys that are looked for.</param>
    public FileKeys(WeightFile file, IReadOnlySet<string> networkKeys)
    {
        (string Key, WeightEntry Entry)[] renamed = [.. file.Entries.Select(e => (LegacyKey.Renamed(e.Key), e))];
        (Prefix, Rivals) = KeyPrefix.Find(renamed.Select(r => r.Key), networkKeys);
        List<WeightEntry> beside = [];
        foreach ((string key, WeightEntry entry) in renamed)
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                beside.Add(entry);
            }
            else if (!_entries.TryAdd(key[Prefix.Length..], entry) && key == entry.Key)
            {
                // Old and new name in one file: the new one counts.
                _entries[key[Prefix.Length..]] = entry;
            }
        }

        Beside = beside;
    }

    /// <summary>What stands before all keys of the network, with its dot; may be empty.</summary>
    public string Prefix { get; }

    /// <summary>Prefixes under which as many of the network's keys stand.</summary>
    public IReadOnlyList<string> Rivals { get; }

    /// <summary>By key, in the file's order.</summary>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _entries;

    /// <summary>Tensors that do not stand under the prefix.</summary>
    public IReadOnlyList<WeightEntry> Beside { get; }

    public WeightEntry? Find(string key) => _entries.GetValueOrDefault(key);
}
