using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>Weights in several files, and the index that says which tensor lies in which: <c>model.safetensors.index.json</c>, as Hugging Face's libraries write it.</summary>
internal static class ShardedReader
{
    /// <summary>About 100 bytes a tensor.</summary>
    private const int IndexLimit = 16 << 20;

    /// <summary>Each is kept open.</summary>
    private const int ShardLimit = 256;

    public static bool Matches(ReadOnlySpan<byte> start, string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <exception cref="WeightFileException">It is no index, or a file that it names cannot be used.</exception>
    public static WeightFile Read(SafeFileHandle handle, string path, long length)
    {
        if (length > IndexLimit)
        {
            throw new WeightFileException($"The index '{path}' has {length} bytes, at most {IndexLimit} are read.");
        }

        byte[] text = new byte[length];
        new FileWeightSource(handle, 0, path).Read(0, text);
        List<WeightFile> shards = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            List<WeightEntry> entries = Gather(document.RootElement.GetProperty("weight_map"), path, shards);
            return new WeightFile(new Shards(handle, shards), path, $"{shards.FirstOrDefault()?.Format ?? "weights"} in {shards.Count} files", entries, null);
        }
        catch (Exception e)
        {
            shards.ForEach(s => s.Dispose());
            if (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new WeightFileException($"'{path}' is no index of weights in several files: {e.Message} Expected is {{\"weight_map\": {{\"KEY\": \"FILE\", ...}}}}.", e);
            }

            throw;
        }
    }

    private static List<WeightEntry> Gather(JsonElement map, string path, List<WeightFile> shards)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Dictionary<string, WeightFile> byName = new(StringComparer.Ordinal);
        Dictionary<string, WeightEntry> entries = new(StringComparer.Ordinal);
        foreach (JsonProperty property in map.EnumerateObject())
        {
            string name = property.Value.GetString() ?? "";
            if (!byName.TryGetValue(name, out WeightFile? shard))
            {
                shard = Open(folder, name, path, shards.Count);
                shards.Add(shard);
                byName.Add(name, shard);
            }

            WeightEntry entry = shard.Find(property.Name)
                ?? throw new WeightFileException($"The index '{path}' says that '{Shown.Text(property.Name)}' lies in '{name}', which has no such tensor. Download or copy both again.");
            if (!entries.TryAdd(property.Name, entry))
            {
                throw new WeightFileException($"The index '{path}' names '{Shown.Text(property.Name)}' twice.");
            }
        }

        return [.. entries.Values];
    }

    private static WeightFile Open(string folder, string name, string path, int count)
    {
        // Only what lies beside the index: it may come from anywhere, and names files to open.
        if (name.Length == 0 || name != Path.GetFileName(name) || name is "." or ".." || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new WeightFileException($"The index '{path}' names the file '{Shown.Text(name)}'; only weight files beside the index are read.");
        }

        if (count >= ShardLimit)
        {
            throw new WeightFileException($"The index '{path}' names more than {ShardLimit} files.");
        }

        try
        {
            return WeightFile.Open(Path.Combine(folder, name));
        }
        catch (WeightFileException e)
        {
            throw new WeightFileException($"The index '{path}' needs the file '{Shown.Text(name)}' beside it. {e.Message}", e);
        }
    }

    private sealed class Shards(SafeFileHandle index, List<WeightFile> files) : IDisposable
    {
        public void Dispose()
        {
            files.ForEach(f => f.Dispose());
            index.Dispose();
        }
    }
}
