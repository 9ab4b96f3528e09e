using System.IO.Compression;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Report.Textures;

/// <summary>Bytes as text: a zlib stream in base64, which browsers unpack by themselves.</summary>
internal static class PackedBytes
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>The differences of a picture's pixels to those on their left, which pack better: [H,W,3], row by row.</summary>
    public static string OfPicture(RgbImage picture)
    {
        int row = picture.Width * 3;
        byte[] differences = [.. picture.Pixels];
        for (int i = differences.Length - 1; i >= 0; i--)
        {
            if (i % row >= 3)
            {
                differences[i] -= picture.Pixels[i - 3];
            }
        }

        return Of(differences);
    }
}
