using System.Buffers.Binary;
using SkiaSharp;

namespace CAManim.Native.Models.Images.Formats;

/// <summary>What a PNG says before its pixels are decoded: size, depth, and how it is to be turned (eXIf).</summary>
internal sealed class PngFileParts
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private PngFileParts(int width, int height, int depth, int colours, bool isInterlaced, List<(int Start, int Length)> data)
    {
        (Width, Height, BitDepth, ColourType, IsInterlaced, Data) = (width, height, depth, colours, isInterlaced, data);
    }

    public int Width { get; }

    public int Height { get; }

    public int BitDepth { get; }

    /// <summary>0 grey, 2 RGB, 4 grey and alpha, 6 RGB and alpha.</summary>
    public int ColourType { get; }

    public bool IsInterlaced { get; }

    /// <summary>Where the compressed pixels lie.</summary>
    public IReadOnlyList<(int Start, int Length)> Data { get; }

    /// <summary>Upright unless the file says otherwise.</summary>
    public SKEncodedOrigin Origin { get; private set; } = SKEncodedOrigin.TopLeft;

    /// <summary>The samples that are transparent, where no channel says so: one of grey, three of RGB; else empty.</summary>
    public ushort[] Transparent { get; private set; } = [];

    /// <summary>Null where it is no PNG, or its first chunk is not the header.</summary>
    public static PngFileParts? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Signature) || bytes.Length < 33 || !bytes.Slice(12, 4).SequenceEqual("IHDR"u8))
        {
            return null;
        }

        PngFileParts parts = new(
            BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[20..]),
            bytes[24],
            bytes[25],
            bytes[28] == 1,
            []);
        for (int at = 8; at + 12 <= bytes.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > (uint)(bytes.Length - at - 12))
            {
                break;
            }

            parts.Note(bytes.Slice(at + 4, 4), bytes.Slice(at + 8, (int)length), at + 8);
            at += (int)length + 12;
        }

        return parts;
    }

    private void Note(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content, int start)
    {
        if (type.SequenceEqual("IDAT"u8))
        {
            ((List<(int, int)>)Data).Add((start, content.Length));
        }
        else if (type.SequenceEqual("eXIf"u8))
        {
            Origin = ExifOrientation.Of(content);
        }
        else if (type.SequenceEqual("tRNS"u8) && ColourType is 0 or 2 && content.Length == (ColourType == 0 ? 2 : 6))
        {
            Transparent = ColourType == 0
                ? [BinaryPrimitives.ReadUInt16BigEndian(content)]
                : [BinaryPrimitives.ReadUInt16BigEndian(content), BinaryPrimitives.ReadUInt16BigEndian(content[2..]), BinaryPrimitives.ReadUInt16BigEndian(content[4..])];
        }
    }
}
