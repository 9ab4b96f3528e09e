using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>Reads the arguments of pickle's instructions; every length is checked against what is left before anything is allocated.</summary>
internal sealed class PickleReader(ReadOnlyMemory<byte> data)
{
    private const int LineLimit = 1024;

    public int Position { get; private set; }

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > data.Length - Position)
        {
            throw new PickleException($"{count} bytes are asked for at byte {Position}, {data.Length - Position} are left");
        }

        ReadOnlySpan<byte> taken = data.Span.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string Text(long length) => Encoding.UTF8.GetString(Take(length));

    public string Line()
    {
        ReadOnlySpan<byte> rest = data.Span[Position..];
        int end = rest[..Math.Min(rest.Length, LineLimit)].IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new PickleException($"a line at byte {Position} does not end within {LineLimit} bytes");
        }

        Position += end + 1;
        return Encoding.UTF8.GetString(rest[..end]);
    }

    public long Index()
    {
        string line = Line();
        return long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new PickleException($"'{line}' should be a number");
    }

    /// <summary>Little-endian two's complement; what does not fit 64 bits is kept as text, it is no size.</summary>
    public object Long(long length)
    {
        ReadOnlySpan<byte> bytes = Take(length);
        if (bytes.Length > 8)
        {
            return Convert.ToHexString(bytes);
        }

        long value = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        int unused = 64 - (8 * bytes.Length);
        return bytes.IsEmpty ? 0L : value << unused >> unused;
    }
}
