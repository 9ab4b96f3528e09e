using System.Buffers.Binary;
using SkiaSharp;

namespace CAManim.Native.Models.Images.Formats;

/// <summary>The orientation (tag 274) of EXIF data, which is laid out as a TIFF file.</summary>
internal static class ExifOrientation
{
    private const int Orientation = 274;

    /// <summary>Upright where the data do not say, or are damaged: they are not needed for the picture.</summary>
    public static SKEncodedOrigin Of(ReadOnlySpan<byte> exif)
    {
        bool isBig = exif.StartsWith("MM\0*"u8);
        if (exif.Length < 10 || (!isBig && !exif.StartsWith("II*\0"u8)))
        {
            return SKEncodedOrigin.TopLeft;
        }

        uint directory = isBig ? BinaryPrimitives.ReadUInt32BigEndian(exif[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]);
        if (directory > exif.Length - 2)
        {
            return SKEncodedOrigin.TopLeft;
        }

        int count = Short(exif[(int)directory..], isBig);
        for (int i = 0, at = (int)directory + 2; i < count && at + 12 <= exif.Length; i++, at += 12)
        {
            if (Short(exif[at..], isBig) == Orientation)
            {
                return From(Short(exif[(at + 8)..], isBig));
            }
        }

        return SKEncodedOrigin.TopLeft;
    }

    /// <summary>The eight values of the tag; others are upright.</summary>
    public static SKEncodedOrigin From(int value) => value is >= 1 and <= 8 ? (SKEncodedOrigin)value : SKEncodedOrigin.TopLeft;

    private static int Short(ReadOnlySpan<byte> bytes, bool isBig) => isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
