using System.Diagnostics.CodeAnalysis;

namespace CAManim.Native.Kernels.Selection;

/// <summary>The pixels of a map that have the smallest values.</summary>
/// <remarks>
/// Pixels are ranked ascending by value, equal values (-0 and 0 are equal) ascending by position; NaN ranks above infinity.
/// marks[i] = 1 where the rank of pixel i is below K, else 0. Where the largest are wanted, all but the HW-K smallest are they.
/// The order statistic of rank K is the smallest value that is not marked: percentiles are made of two of them.
/// </remarks>
public static class PixelSelection
{
    /// <summary>Marks the K smallest.</summary>
    /// <param name="values">[HW], 1 or more.</param>
    /// <param name="count">K, 0..HW.</param>
    /// <param name="marks">[HW], overwritten.</param>
    /// <returns>The value of rank K; where K = HW, the largest.</returns>
    /// <exception cref="ArgumentException">The marks are not as many as the values, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">K is not in 0..HW.</exception>
    public static float MarkSmallest(ReadOnlySpan<float> values, int count, Span<byte> marks)
    {
        Check(values.Length, count, marks.Length);
        uint[] keys = new uint[values.Length];
        int[] positions = new int[values.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            (keys[i], positions[i]) = (Key(values[i]), i);
        }

        Array.Sort(positions, (x, y) => keys[x] != keys[y] ? keys[x].CompareTo(keys[y]) : x.CompareTo(y));
        marks.Clear();
        foreach (int position in positions.AsSpan(0, count))
        {
            marks[position] = 1;
        }

        return values[positions[int.Min(count, positions.Length - 1)]] + 0f;
    }

    /// <summary>Unsigned integers in the order of the floats they stand for.</summary>
    internal static uint Key(float value)
    {
        // Adding 0 makes 0 of -0. Then the sign bit is flipped for positive numbers, all bits for negative ones.
        uint bits = float.IsNaN(value) ? 0x7FFFFFFF : BitConverter.SingleToUInt32Bits(value + 0f);
        return (bits & 0x80000000u) != 0 ? ~bits : bits | 0x80000000u;
    }

    internal static void Check(long values, int count, long marks)
    {
        if (values == 0 || marks != values)
        {
            ThrowLength(values, marks);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, values);
    }

    [DoesNotReturn]
    private static void ThrowLength(long values, long marks) => throw new ArgumentException($"One mark a value and at least one value are expected; there are {values} values and {marks} marks.");
}
