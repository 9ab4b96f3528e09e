using System.Text.RegularExpressions;
using CAManim.Native.Models.Weights;
using CAManim.Native.Models.Weights.Matching;

namespace CAManim.Native.Models;

/// <summary>What to do about weights that do not fit.</summary>
internal static partial class WeightAdvice
{
    /// <summary>No classifier has more tensors; comparing would take long.</summary>
    private const int MostTensors = 20_000;

    /// <param name="file">The file.</param>
    /// <param name="match">How it was compared with the network.</param>
    /// <param name="network">The network's name.</param>
    public static string Of(WeightFile file, WeightMatch match, string network)
    {
        if (Shard().Match(Path.GetFileName(file.Path)) is { Success: true } shard)
        {
            return $"The file is part {int.Parse(shard.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)} of {int.Parse(shard.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)}: give the index of all parts, which ends in .index.json.";
        }

        if (match.HeadKeys is { Count: > 0 } head)
        {
            return $"All but the head fit, and the file's is another: {string.Join(", ", head.Take(3))}{(head.Count > 3 ? ", ..." : "")}. A weight file does not say what such layers compute: give the network as an ONNX file, or as a class of your own (--model FILE.dll:TYPE).";
        }

        string? like = file.Entries.Count > MostTensors ? null : LooksLike(file, network);
        string others = file.OtherStates.Count > 0 ? $" The checkpoint also holds {string.Join(", ", file.OtherStates.Take(4).Select(Shown.Text))}; --weights-key chooses." : "";
        return (like is null
            ? $"Check that the file belongs to this architecture: it holds {file.Entries.Count} tensors, the first '{Shown.Text(file.Entries.Count == 0 ? "" : file.Entries[0].Key)}', and looks like no network that is known here."
            : $"It looks like {like}: --model {like}.") + others;
    }

    /// <summary>The network of the zoo whose keys and shapes are the file's; null: there is none.</summary>
    private static string? LooksLike(WeightFile file, string except)
    {
        foreach (LoadedModel model in ModelZoo.All())
        {
            using (model)
            {
                if (model.Name != except && WeightMatch.Find(model.Module, file).IsGood)
                {
                    return model.Name;
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"-(\d{1,6})-of-(\d{1,6})\.\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex Shard();
}
