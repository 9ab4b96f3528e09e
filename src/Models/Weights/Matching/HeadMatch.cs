namespace CAManim.Native.Models.Weights.Matching;

/// <summary>What a file has for a head: a layer for as many classes as it was trained for, perhaps under another key.</summary>
/// <param name="Head">The network's.</param>
/// <param name="Before">Number of classes of the network as it is.</param>
/// <param name="Weight">[K, ...].</param>
/// <param name="Bias">[K], or null: there is none.</param>
internal sealed record HeadMatch(NetworkHead Head, int Before, WeightEntry Weight, WeightEntry? Bias)
{
    /// <summary>More than any classifier has (ImageNet-21k: 21,843).</summary>
    private const long MostClasses = 1_000_000;

    private const string WeightName = ".weight";

    /// <summary>Number of classes.</summary>
    public int Classes => (int)Weight.Shape[0];

    /// <summary>Finds a head by its key or, where the head was replaced by a Sequential that ends with it (<c>fc.1</c>) or itself stands for one (<c>classifier</c>), by its place and width.</summary>
    /// <param name="head">The network's.</param>
    /// <param name="shape">Shape of its weight.</param>
    /// <param name="file">The file.</param>
    /// <param name="networkKeys">Keys that belong to other layers.</param>
    /// <returns>Null where there is none, or not one alone.</returns>
    public static HeadMatch? Find(NetworkHead head, long[] shape, FileKeys file, IReadOnlySet<string> networkKeys)
    {
        if (file.Find(head.WeightKey) is { } weight)
        {
            // Without a bias only where nothing else stands in its place.
            bool isComplete = file.Find(head.BiasKey) is not null || !head.Layer.HasBias || !file.Entries.Keys.Any(k => k != head.WeightKey && k.StartsWith(head.Key + ".", StringComparison.Ordinal));
            return isComplete ? Of(head, shape, weight, file.Find(head.BiasKey)) : null;
        }

        string parent = head.Key.Contains('.', StringComparison.Ordinal) ? head.Key[..(head.Key.LastIndexOf('.') + 1)] : head.Key + ".";
        string[] others = [.. file.Entries.Keys.Where(k => !networkKeys.Contains(k) && (k.StartsWith(parent, StringComparison.Ordinal) || head.Key.StartsWith(Stem(k) + ".", StringComparison.Ordinal)))];
        if (others.Where(k => k.EndsWith(WeightName, StringComparison.Ordinal)).ToArray() is not [var key] || !file.Entries.TryGetValue(key, out weight))
        {
            return null;
        }

        string bias = Stem(key) + ".bias";
        return others.All(k => k == key || k == bias) ? Of(head, shape, weight, file.Find(bias)) : null;
    }

    private static HeadMatch? Of(NetworkHead head, long[] shape, WeightEntry weight, WeightEntry? bias) =>
        weight.Shape.Count == shape.Length && weight.Shape.Skip(1).SequenceEqual(shape[1..]) && weight.Shape[0] is > 0 and <= MostClasses
        && (bias is null || (bias.Shape.Count == 1 && bias.Shape[0] == weight.Shape[0]))
            ? new HeadMatch(head, (int)shape[0], weight, bias)
            : null;

    private static string Stem(string key) => key.Contains('.', StringComparison.Ordinal) ? key[..key.LastIndexOf('.')] : key;
}
