using System.Buffers.Binary;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Bytes of a font table, most significant first.</summary>
internal sealed class TrueTypeWriter
{
    private const byte OnCurve = 1;

    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void Long(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Bytes(bytes);
    }

    /// <summary>16 bits each, signed or not.</summary>
    public void Words(params ReadOnlySpan<int> values)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteInt16BigEndian(bytes, unchecked((short)value));
            Bytes(bytes);
        }
    }

    /// <summary>A simple glyph: ends of contours, no instructions, flags, then differences of x and of y in 16 bits.</summary>
    public void Outline(TrueTypeGlyph glyph)
    {
        Words(glyph.Contours.Count, glyph.Bounds.Left, glyph.Bounds.Bottom, glyph.Bounds.Right, glyph.Bounds.Top);
        int end = -1;
        foreach ((short, short)[] contour in glyph.Contours)
        {
            end += contour.Length;
            Words(end);
        }

        Words(0);
        _bytes.AddRange(Enumerable.Repeat(OnCurve, end + 1));
        Differences(glyph.Contours.SelectMany(c => c).Select(p => p.X));
        Differences(glyph.Contours.SelectMany(c => c).Select(p => p.Y));
        while (_bytes.Count % 4 != 0)
        {
            _bytes.Add(0);
        }
    }

    public byte[] ToArray() => [.. _bytes];

    private void Differences(IEnumerable<short> values)
    {
        int last = 0;
        foreach (short value in values)
        {
            Words(value - last);
            last = value;
        }
    }
}
