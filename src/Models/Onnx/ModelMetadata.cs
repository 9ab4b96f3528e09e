using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CAManim.Native.Models.Onnx;

/// <summary>What exporters write about a network into its file (metadata_props): names of classes, preprocessing, what the scores are.</summary>
internal static partial class ModelMetadata
{
    private const int LongestText = 1 << 20;

    private static readonly string[] NameKeys = ["names", "classes", "class_names", "labels"];
    private static readonly string[] MeanKeys = ["mean", "image_mean"];
    private static readonly string[] DeviationKeys = ["std", "image_std"];
    private static readonly string[] ActivationKeys = ["activation", "final_activation"];

    /// <summary>Names of the classes by index: a JSON list, a map of indices (Ultralytics writes Python's <c>{0: 'cat', 1: 'dog'}</c>), or a list with commas or lines; null where there are none.</summary>
    public static string[]? ClassNames(IReadOnlyDictionary<string, string> metadata)
    {
        if (Find(metadata, NameKeys)?.Trim() is not { Length: > 0 and <= LongestText } text)
        {
            return null;
        }

        if (text[0] == '{')
        {
            Match[] pairs = IndexedName().Matches(text).ToArray();
            string?[] names = new string?[pairs.Length];
            foreach (Match pair in pairs)
            {
                if (!int.TryParse(pair.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= names.Length)
                {
                    return null;
                }

                names[index] = pair.Groups["one"].Success ? pair.Groups["one"].Value.Replace("\\'", "'") : pair.Groups["two"].Value;
            }

            return names.Length == 0 || Array.Exists(names, n => n is null) ? null : Array.ConvertAll(names, n => n!);
        }

        return text[0] == '[' ? Strings(text) : [.. text.Split(text.Contains('\n') ? '\n' : ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Means that are subtracted from pixels in [0,1]; null where there are none of as many channels.</summary>
    public static float[]? Mean(IReadOnlyDictionary<string, string> metadata, int channels) => Numbers(Find(metadata, MeanKeys), channels, v => true);

    /// <summary>Deviations.</summary>
    public static float[]? Deviation(IReadOnlyDictionary<string, string> metadata, int channels) => Numbers(Find(metadata, DeviationKeys), channels, v => v > 0);

    /// <summary>What turns the logits into scores.</summary>
    public static FinalActivation Activation(IReadOnlyDictionary<string, string> metadata) => Find(metadata, ActivationKeys)?.Trim().ToLowerInvariant() switch
    {
        "sigmoid" => FinalActivation.Sigmoid,
        "softmax" => FinalActivation.Softmax,
        _ => FinalActivation.None,
    };

    private static string? Find(IReadOnlyDictionary<string, string> metadata, string[] keys) => keys.Select(k => metadata.GetValueOrDefault(k)).FirstOrDefault(v => v is not null);

    private static string[]? Strings(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : e.ToString())];
        }
        catch (JsonException)
        {
            // Python's list.
            Match[] names = QuotedName().Matches(text).ToArray();
            return names.Length == 0 ? null : [.. names.Select(m => m.Groups["one"].Success ? m.Groups["one"].Value.Replace("\\'", "'") : m.Groups["two"].Value)];
        }
    }

    private static float[]? Numbers(string? text, int channels, Func<float, bool> isRight)
    {
        if (text is null || text.Length > LongestText)
        {
            return null;
        }

        string[] parts = text.Trim().Trim('[', ']', '(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        float[] numbers = [.. parts.Select(p => float.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out float v) && float.IsFinite(v) ? v : float.NaN)];
        return numbers.Length == channels && Array.TrueForAll(numbers, v => float.IsFinite(v) && Math.Abs(v) <= 1 && isRight(v)) ? numbers : null;
    }

    [GeneratedRegex("""['"]?(?<index>\d{1,9})['"]?\s*:\s*(?:'(?<one>(?:[^'\\]|\\.)*)'|"(?<two>[^"]*)")""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IndexedName();

    [GeneratedRegex("'(?<one>(?:[^'\\\\]|\\\\.)*)'|\"(?<two>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedName();
}
