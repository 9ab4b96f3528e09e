using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CAManim.Native.Cli.Running;

/// <summary>NumPy's <c>.npz</c>: a zip archive of <c>NAME.npy</c>, not compressed, as <c>numpy.savez</c> writes it.</summary>
internal static class NumPyArchive
{
    private const int Alignment = 64;

    // The same maps make the same bytes: zip's earliest time.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<(string Name, int[] Shape, ReadOnlyMemory<float> Data)> arrays)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        foreach ((string name, int[] shape, ReadOnlyMemory<float> data) in arrays)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = Epoch;
            using Stream stream = entry.Open();
            stream.Write(Header(shape));
            stream.Write(MemoryMarshal.AsBytes(data.Span));
        }
    }

    // Version 1.0 (numpy.lib.format): magic, length of the rest, a literal of Python, blanks so that the values lie aligned.
    private static byte[] Header(int[] shape)
    {
        string sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string literal = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = (10 + literal.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] header = new byte[length];
        Array.Fill(header, (byte)' ');
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        (header[6], header[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - 10));
        System.Text.Encoding.ASCII.GetBytes(literal, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }
}
