namespace CAManim.Native.Models.Weights;

/// <summary>The tensors of a file are not those of the network; the message names missing, unexpected and misshapen keys.</summary>
public sealed class WeightMismatchException : WeightFileException
{
    /// <summary>How many keys of a kind the message names.</summary>
    private const int Named = 8;

    internal WeightMismatchException(string path, string network, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen)
        : base($"The weights of '{path}' do not fit {network}: "
            + string.Join("; ", new[] { Part("missing", missing), Part("unexpected", unexpected), Part("of another shape", misshapen) }.Where(p => p.Length > 0))
            + ". Check that the file belongs to this architecture.")
    {
        Missing = missing;
        Unexpected = unexpected;
        Misshapen = misshapen;
    }

    /// <summary>Keys of the network that the file lacks.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Keys of the file that the network lacks.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Keys whose shapes differ, each with both shapes.</summary>
    public IReadOnlyList<string> Misshapen { get; }

    private static string Part(string kind, IReadOnlyList<string> keys) => keys.Count switch
    {
        0 => "",
        <= Named => $"{keys.Count} {kind}: {string.Join(", ", keys)}",
        _ => $"{keys.Count} {kind}: {string.Join(", ", keys.Take(Named))}, and {keys.Count - Named} more",
    };
}
