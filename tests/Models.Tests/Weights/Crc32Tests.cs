using CAManim.Native.Models.Weights.Formats;

namespace CAManim.Native.Models.Tests.Weights;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_is_that_of_the_catalogue() => Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));

    [Fact]
    public void Folding_equals_the_table_for_every_length_and_in_pieces()
    {
        byte[] bytes = new byte[700];
        new Random(7).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(0, length);
            uint expected = ~Crc32.ByTable(uint.MaxValue, part);
            Assert.Equal(expected, Crc32.Append(0, part));
            Assert.Equal(expected, Crc32.Append(Crc32.Append(0, part[..(length / 3)]), part[(length / 3)..]));
        }
    }
}
