using CAManim.Native.Models.Weights.Matching;

namespace CAManim.Native.Models.Weights;

/// <summary>The tensors of a file are not those of the network; the message counts missing, unexpected and misshapen ones, and says what would help.</summary>
public sealed class WeightMismatchException : WeightFileException
{
    /// <summary>How many keys of a kind the message names.</summary>
    private const int Named = 2;

    internal WeightMismatchException(WeightFile file, string network, WeightMatch match, string? advice = null)
        : base(match.Rival is { } rival
            ? $"'{file.Path}' holds several networks, under '{Shown.Text(match.Prefix)}' and under '{Shown.Text(rival)}'. Say which by --weights-key, for instance --weights-key {Shown.Text(match.Prefix.TrimEnd('.'))}."
            : $"The weights of '{file.Path}' do not fit {network}: {Differences(match)}. {advice ?? "Check that the file belongs to this architecture."}")
    {
        Missing = match.Missing;
        Unexpected = [.. match.Unexpected.Select(e => e.Key)];
        Misshapen = match.Misshapen;
    }

    /// <summary>Keys of the network that the file lacks.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Keys of the file that stand inside of a part of the network that has none such.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Keys whose shapes differ, each with both shapes.</summary>
    public IReadOnlyList<string> Misshapen { get; }

    private static string Differences(WeightMatch match) => string.Join("; ", new[]
    {
        Part($"of its {match.Tensors} tensors are missing", match.Missing),
        Part("have another shape", match.Misshapen),
        Part("of the file's are not in it", [.. match.Unexpected.Select(e => e.Key)]),
    }.Where(p => p.Length > 0));

    private static string Part(string kind, IReadOnlyList<string> keys) => keys.Count switch
    {
        0 => "",
        <= Named => $"{keys.Count} {kind}: {string.Join(", ", keys.Select(Shown.Text))}",
        _ => $"{keys.Count} {kind}: {string.Join(", ", keys.Take(Named).Select(Shown.Text))}, ...",
    };
}
