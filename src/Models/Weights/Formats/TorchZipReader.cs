using System.Text;
using CAManim.Native.Models.Weights.Pickle;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>PyTorch's zip format (1.6 and later): <c>NAME/data.pkl</c> and one stored entry <c>NAME/data/KEY</c> a storage. Of a TorchScript archive only the weights are read, never the code.</summary>
internal static class TorchZipReader
{
    private const int PickleLimit = 64 << 20;

    public static WeightFile Read(SafeFileHandle handle, string path, long length, string? stateKey)
    {
        var zip = new ZipDirectory(handle, path, length);
        ZipEntry pickle = zip.Entries.Values.FirstOrDefault(e => e.Name.EndsWith("/data.pkl", StringComparison.Ordinal) || e.Name == "data.pkl")
            ?? throw new WeightFileException($"'{path}' is a zip file without data.pkl, not one of PyTorch's: it holds {string.Join(", ", zip.Entries.Keys.Take(5).Select(Shown.Text))}. Save model.state_dict() with torch.save.");
        string folder = pickle.Name[..^"data.pkl".Length];
        bool isScript = zip.Entries.Keys.Any(n => n.StartsWith(folder + "code/", StringComparison.Ordinal));
        if (zip.Entries.TryGetValue(folder + "byteorder", out ZipEntry? order) && order.Length < 16 && Encoding.ASCII.GetString(Content(zip, handle, path, order)) == "big")
        {
            throw new PickleException("it was written on a big-endian machine; save it again on a little-endian one", PickleFault.Content);
        }

        if (pickle.Length > PickleLimit)
        {
            throw new PickleException($"its data.pkl has {pickle.Length} bytes, at most {PickleLimit} are read", PickleFault.Refusal);
        }

        var budget = new PickleBudget(pickle.Length);
        object? root = Unpickler.Read(Content(zip, handle, path, pickle), [], budget, out _, isScript);
        (PickledTensors chosen, IReadOnlyList<PickledTensors> others) = PickledState.Find(root, stateKey, budget);
        var sources = new Dictionary<string, WeightSource>(StringComparer.Ordinal);
        IReadOnlyList<WeightEntry> entries = PickledEntries.Of(chosen.Tensors, budget, storage => Storage(storage, sources, zip, folder, handle, path));
        return new WeightFile(handle, path, isScript ? WeightsAsModel.TorchScript : "PyTorch (zip)", entries, null) { StateKey = chosen.Path, OtherStates = [.. others.Select(o => o.ToString())] };
    }

    private static byte[] Content(ZipDirectory zip, SafeFileHandle handle, string path, ZipEntry entry)
    {
        // First where it lies: that checks its length against the file's.
        var source = new FileWeightSource(handle, zip.DataStart(entry), path);
        byte[] content = new byte[entry.Length];
        new CheckedWeightSource(source, entry, path).Read(0, content);
        return content;
    }

    private static WeightSource Storage(PickleStorage storage, Dictionary<string, WeightSource> sources, ZipDirectory zip, string folder, SafeFileHandle handle, string path)
    {
        string name = $"{folder}data/{storage.Key}";
        if (!zip.Entries.TryGetValue(name, out ZipEntry? entry))
        {
            throw new PickleException($"the storage '{name}' is not there");
        }

        if (storage.Count > entry.Length / storage.Type.SizeInBytes())
        {
            throw new PickleException($"the storage '{name}' has {entry.Length} bytes, {storage.Count} elements of {storage.Type} need more");
        }

        if (!sources.TryGetValue(name, out WeightSource? source))
        {
            source = new CheckedWeightSource(new FileWeightSource(handle, zip.DataStart(entry), path), entry, path);
            sources[name] = source;
        }

        return source;
    }
}
