using CAManim.Native.Kernels.Interop;
using CAManim.Native.Models.Weights.Formats;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights;

/// <summary>An open weight file: its tensors by key, in the file's order. Tensors are read on demand; dispose it after loading.</summary>
public sealed class WeightFile : IDisposable
{
    private readonly IDisposable _content;
    private readonly Dictionary<string, WeightEntry> _byKey;

    /// <param name="content">What the entries are read from; disposed with this.</param>
    /// <param name="path">As it was given.</param>
    /// <param name="format">In words.</param>
    /// <param name="entries">In the file's order, no key twice.</param>
    /// <param name="metadata">Text attached to the file, or null.</param>
    internal WeightFile(IDisposable content, string path, string format, IReadOnlyList<WeightEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        _content = content;
        Path = path;
        Format = format;
        Entries = entries;
        Metadata = metadata ?? new Dictionary<string, string>();
        _byKey = entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The format that was recognised by content, in words.</summary>
    public string Format { get; }

    /// <summary>All tensors in the file's order.</summary>
    public IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>Where in a checkpoint the weights stand: keys joined by dots; empty: they are all that the file holds.</summary>
    public string StateKey { get; internal init; } = "";

    /// <summary>Other sets of weights in the same checkpoint, each with its number of tensors, in words.</summary>
    public IReadOnlyList<string> OtherStates { get; internal init; } = [];

    /// <summary>Text attached to the file; empty where the format has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file of any known format, recognised by its content.</summary>
    /// <param name="path">A <c>.safetensors</c>, <c>.pth</c>, <c>.pt</c>, <c>.th</c> or TorchSharp <c>.dat</c> file, by whatever name.</param>
    /// <param name="stateKey">Which weights of a checkpoint that holds several, for instance <c>model_ema</c>: where they stand, or what all their keys begin with; null: the likeliest.</param>
    /// <exception cref="WeightFileException">The file is missing, unreadable, damaged, hostile or of no known format, or holds no such weights.</exception>
    public static WeightFile Open(string path, string? stateKey = null)
    {
        SafeFileHandle handle;
        try
        {
            FileKind.CheckReadable(path);
            handle = File.OpenHandle(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WeightFileException($"The weight file '{path}' cannot be opened: {e.Message} Check the path and that it is readable.", e);
        }

        try
        {
            return FormatReader.Read(handle, path, stateKey);
        }
        catch (Exception e)
        {
            handle.Dispose();
            if (e is WeightFileException)
            {
                throw;
            }

            if (e is IOException or UnauthorizedAccessException or InvalidDataException or ArithmeticException or ArgumentException or NotSupportedException)
            {
                throw new WeightFileException($"The weight file '{path}' cannot be read: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Finds a tensor by key.</summary>
    /// <returns>The entry, or null where the file has none of that key.</returns>
    public WeightEntry? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Closes the file; its entries can no longer be read.</summary>
    public void Dispose() => _content.Dispose();

    /// <summary>Only the tensors whose keys begin with <paramref name="stateKey"/> and a dot, without it; all where it is null.</summary>
    internal WeightFile Under(string? stateKey)
    {
        if (stateKey is null)
        {
            return this;
        }

        string prefix = stateKey.TrimEnd('.') + ".";
        WeightEntry[] entries = [.. Entries.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(e => e.Named(e.Key[prefix.Length..]))];
        return entries.Length > 0
            ? new WeightFile(_content, Path, Format, entries, Metadata) { StateKey = stateKey }
            : throw new WeightFileException($"The weight file '{Path}' has no keys that begin with '{prefix}'. It holds {Entries.Count} tensors: {string.Join(", ", Entries.Take(8).Select(e => $"'{Shown.Text(e.Key)}'"))}{(Entries.Count > 8 ? ", ..." : "")}.");
    }
}
