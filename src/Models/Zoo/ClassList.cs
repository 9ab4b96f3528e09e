using System.Globalization;
using System.Text;
using System.Text.Json;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Models;

/// <summary>Reads names of classes, in the forms in which training programs leave them.</summary>
internal static class ClassList
{
    private const int SizeLimit = 16 << 20;
    private const int CountLimit = 1_000_000;

    /// <exception cref="ArgumentException">It is neither a list nor a file that says which name has which index.</exception>
    public static ClassNames Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (File.Exists(text))
        {
            return new ClassNames($"'{Path.GetFileName(text)}'", ReadFile(text));
        }

        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        if (names.Length < 2)
        {
            throw new ArgumentException($"'{text}' is neither a file nor a list of names. Give a file with the names of the classes, or the names themselves: A,B,C.");
        }

        return new ClassNames("this network", Checked(names, "the list"));
    }

    private static string[] ReadFile(string path)
    {
        FileKind.CheckReadable(path);
        if (new FileInfo(path).Length > SizeLimit)
        {
            throw new ArgumentException($"'{path}' has more than {SizeLimit >> 20} MiB; names of classes are shorter.");
        }

        string text = File.ReadAllText(path, Encoding.UTF8).TrimStart('\uFEFF');
        string start = text.TrimStart();
        return Checked(
            start.StartsWith('[') || start.StartsWith('{') ? OfJson(text, path)
            : path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? OfCsv(text, path)
            : text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0),
            $"'{path}'");
    }

    private static IEnumerable<string> OfJson(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                return [.. root.EnumerateArray().Select(NameOf)];
            }

            // A model's whole configuration, as Hugging Face's libraries write it.
            JsonElement map = root.TryGetProperty("id2label", out JsonElement labels) ? labels : root;
            return Ordered([.. map.EnumerateObject().Select(p => Pair(p.Name, p.Value))], path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new ArgumentException($"'{path}' holds no names of classes: {e.Message} Expected is a JSON list of names, or an object from index to name or from name to index.", e);
        }
    }

    /// <summary>Index and name, whichever way round.</summary>
    private static (int Index, string Name) Pair(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return (value.GetInt32(), key);
        }

        return int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? (index, NameOf(value))
            : throw new FormatException($"'{key}' is no index, and what stands behind it is none either.");
    }

    /// <summary>A name, or the last of several: ImageNet's index has [synset, name].</summary>
    private static string NameOf(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
        ? NameOf(value[value.GetArrayLength() - 1])
        : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"{value.ValueKind} stands where a name is expected.");

    private static IEnumerable<string> OfCsv(string text, string path)
    {
        List<string[]> rows = [.. text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Trim().Length > 0).Select(Cells)];
        int width = rows.Count == 0 ? 0 : rows.Min(r => r.Length);
        if (width < 2)
        {
            // A heading above names alone cannot be told from a name, but for the usual words.
            bool isHeaded = rows.Count > 0 && rows[0][0].ToUpperInvariant() is "NAME" or "CLASS" or "LABEL" or "CLASS_NAME" or "CLASSNAME";
            return rows.Skip(isHeaded ? 1 : 0).Select(r => r[0]);
        }

        int column = Enumerable.Range(0, width).FirstOrDefault(c => rows.Skip(1).All(r => IsIndex(r[c])), -1);
        if (column < 0)
        {
            throw new ArgumentException($"'{path}' has no column of indices. Expected is a column of names, or one of indices and one of names.");
        }

        int names = column == 0 ? 1 : 0;
        return Ordered([.. rows.Skip(IsIndex(rows[0][column]) ? 0 : 1).Select(r => (int.Parse(r[column], CultureInfo.InvariantCulture), r[names]))], path);
    }

    private static bool IsIndex(string cell) => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Cells of a line; a quoted one may hold commas and doubled quotes.</summary>
    private static string[] Cells(string line)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }

    /// <summary>Names by index, each index once from 0 on.</summary>
    private static IEnumerable<string> Ordered(List<(int Index, string Name)> pairs, string path)
    {
        pairs.Sort((a, b) => a.Index.CompareTo(b.Index));
        for (int i = 0; i < pairs.Count; i++)
        {
            if (pairs[i].Index != i)
            {
                throw new ArgumentException($"'{path}' has {pairs.Count} names, and {(pairs[i].Index < i ? $"index {pairs[i].Index} twice" : $"none for index {i}")}. Each class from 0 to {pairs.Count - 1} needs one.");
            }
        }

        return pairs.Select(p => p.Name);
    }

    private static string[] Checked(IEnumerable<string> names, string where)
    {
        // They are drawn on frames and printed.
        string[] all = [.. names.Select(n => string.Concat(n.Trim().Where(c => !char.IsControl(c))))];
        if (all.Length is 0 or > CountLimit)
        {
            throw new ArgumentException($"There are {all.Length} names in {where}; expected are 1 to {CountLimit}.");
        }

        int empty = Array.IndexOf(all, "");
        return empty < 0 ? all : throw new ArgumentException($"Name {empty} in {where} is empty.");
    }
}
