namespace CAManim.Native.Models.Weights;

/// <summary>Plain reading of single tensors, as for <c>--input-tensor FILE:KEY</c>.</summary>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly WeightFile _file;

    private SafeTensorsFile(WeightFile file) => _file = file;

    /// <summary>The keys in the file's order.</summary>
    public IReadOnlyList<string> Keys => [.. _file.Entries.Select(e => e.Key)];

    /// <summary>Text attached to the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _file.Metadata;

    /// <summary>Opens a <c>.safetensors</c> file (or any other that <see cref="WeightFile"/> knows).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightFileException">The file is missing, unreadable or damaged.</exception>
    public static SafeTensorsFile Open(string path) => new(WeightFile.Open(path));

    /// <summary>Reads a tensor as float32, row-major.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Dimensions and values.</returns>
    /// <exception cref="WeightFileException">There is no such key, or its bytes cannot be read.</exception>
    public (int[] Shape, float[] Values) Read(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        WeightEntry entry = _file.Find(key)
            ?? throw new WeightFileException($"'{_file.Path}' has no tensor '{key}'.{NearestNames.Question(key, Keys)} It holds {Keys.Count}: {string.Join(", ", Keys.Take(8))}{(Keys.Count > 8 ? ", ..." : "")}.");
        float[] values = entry.ReadFloats();
        return (entry.Shape.Select(d => checked((int)d)).ToArray(), values);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
