using System.IO.Compression;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>A temporary folder with small weight files, good and bad.</summary>
internal sealed class WeightFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("camanim-weights-").FullName;

    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>PyTorch's zip format around a pickle.</summary>
    public string WriteZip(string name, byte[] pickle, params (string Key, byte[] Content)[] storages) =>
        Write(name, Zip(CompressionLevel.NoCompression, [("archive/data.pkl", pickle), .. storages.Select(s => ($"archive/data/{s.Key}", s.Content)), ("archive/version", "3\n"u8.ToArray())]));

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = zip.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    public static byte[] Floats(params float[] values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>Opens and reads every tensor; what a load does.</summary>
    public static void ReadAll(string path)
    {
        using WeightFile file = WeightFile.Open(path);
        foreach (WeightEntry entry in file.Entries)
        {
            entry.ReadFloats();
        }
    }

    public static WeightFileException Refused(string path) => Assert.ThrowsAny<WeightFileException>(() => ReadAll(path));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
