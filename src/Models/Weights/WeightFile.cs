using CAManim.Native.Kernels.Interop;
using CAManim.Native.Models.Weights.Formats;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights;

/// <summary>An open weight file: its tensors by key, in the file's order. Tensors are read on demand; dispose it after loading.</summary>
public sealed class WeightFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, WeightEntry> _byKey;

    internal WeightFile(SafeFileHandle handle, string path, string format, IReadOnlyList<WeightEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        _handle = handle;
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

    /// <summary>Text attached to the file; empty where the format has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file of any known format, recognised by its content.</summary>
    /// <param name="path">A <c>.safetensors</c>, <c>.pth</c>, <c>.pt</c>, <c>.th</c> or TorchSharp <c>.dat</c> file, by whatever name.</param>
    /// <exception cref="WeightFileException">The file is missing, unreadable, damaged, hostile or of no known format.</exception>
    public static WeightFile Open(string path)
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
            return FormatReader.Read(handle, path);
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
    public void Dispose() => _handle.Dispose();
}
