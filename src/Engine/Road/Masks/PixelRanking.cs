using System.Runtime.InteropServices;

namespace CAManim.Native.Engine.Road.Masks;

/// <summary>Sorts the pixels of a map by value, equal values by position. Buffers are kept from map to map.</summary>
/// <remarks>
/// A stable radix sort, three digits of 11 bits over the floats' ordered bit patterns; -0 and 0 are equal. Values must not be NaN.
/// </remarks>
internal sealed class PixelRanking(int pixels)
{
    private const int Digits = 3;
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;

    private readonly int[] _counts = new int[Digits * Buckets];
    private Entry[] _entries = new Entry[pixels];
    private Entry[] _spare = new Entry[pixels];

    /// <summary>Sorts; afterwards <see cref="PositionAt"/> answers.</summary>
    /// <param name="values">[H,W], as many as the constructor was told.</param>
    public void Rank(ReadOnlySpan<float> values)
    {
        Array.Clear(_counts);
        for (int i = 0; i < values.Length; i++)
        {
            uint key = OrderedBits(values[i]);
            _entries[i] = new Entry(key, i);
            for (int digit = 0; digit < Digits; digit++)
            {
                _counts[(digit * Buckets) + Digit(key, digit)]++;
            }
        }

        for (int digit = 0; digit < Digits; digit++)
        {
            Scatter(digit);
        }
    }

    /// <summary>Position of the pixel with the given rank, 0 for the smallest value.</summary>
    public int PositionAt(int rank) => _entries[rank].Position;

    private static int Digit(uint key, int digit) => (int)(key >> (digit * DigitBits)) & (Buckets - 1);

    // Adding 0 makes 0 of -0. Then the sign bit is flipped for positive numbers, all bits for negative ones.
    private static uint OrderedBits(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value + 0f);
        return (bits & 0x80000000u) != 0 ? ~bits : bits | 0x80000000u;
    }

    private void Scatter(int digit)
    {
        Span<int> offsets = _counts.AsSpan(digit * Buckets, Buckets);
        int sum = 0;
        foreach (ref int offset in offsets)
        {
            (offset, sum) = (sum, sum + offset);
        }

        foreach (Entry entry in _entries)
        {
            _spare[offsets[Digit(entry.Key, digit)]++] = entry;
        }

        (_entries, _spare) = (_spare, _entries);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(uint Key, int Position);
}
