using System.Buffers.Binary;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>Pictures that must be refused.</summary>
internal static class BrokenPictures
{
    /// <summary>A PNG whose header promises <paramref name="side"/> x <paramref name="side"/> pixels.</summary>
    public static byte[] Bomb(int side)
    {
        byte[] header = new byte[17];
        "IHDR"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), side);

        // Eight bits, RGB.
        (header[12], header[13]) = (8, 2);
        byte[] length = new byte[4];
        byte[] sum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, 13);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32(header));
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. length, .. header, .. sum, .. new byte[4], .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E];
    }

    /// <summary>As chunks of PNG files have it.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
