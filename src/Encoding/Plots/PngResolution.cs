using System.Buffers.Binary;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Says in a PNG how many pixels make an inch (chunk pHYs, PNG specification 11.3.5.3), which the encoder does not.</summary>
internal static class PngResolution
{
    // Signature, then IHDR: length, type, 13 bytes, checksum. pHYs has to come before the pixels.
    private const int AfterHeader = 8 + 4 + 4 + 13 + 4;
    private const double MetresPerInch = 0.0254;

    public static byte[] Set(byte[] png, int dotsPerInch)
    {
        Span<byte> chunk = stackalloc byte[21];
        BinaryPrimitives.WriteInt32BigEndian(chunk, 9);
        "pHYs"u8.CopyTo(chunk[4..]);
        int dotsPerMetre = (int)Math.Round(dotsPerInch / MetresPerInch);
        BinaryPrimitives.WriteInt32BigEndian(chunk[8..], dotsPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(chunk[12..], dotsPerMetre);
        chunk[16] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(chunk[17..], Checksum(chunk[4..17]));
        return [.. png.AsSpan(0, AfterHeader), .. chunk, .. png.AsSpan(AfterHeader)];
    }

    // CRC-32 of ISO 3309, as PNG asks for.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
