using System.Buffers.Binary;

namespace CAManim.Native.Models.Images.Formats;

/// <summary>The first directory of a TIFF file: tags and their whole numbers.</summary>
internal sealed class TiffDirectory
{
    // A picture has a few dozen tags; lists are as long as a picture has strips or tiles.
    private const int MostTags = 1024;
    private const int LongestList = 1 << 20;

    private readonly Dictionary<int, long[]> _values = [];

    /// <param name="bytes">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged, or a BigTIFF.</exception>
    public TiffDirectory(ReadOnlySpan<byte> bytes)
    {
        IsBigEndian = bytes[0] == 'M';
        if (Short(bytes, 2) == 43)
        {
            throw new InvalidDataException("it is a BigTIFF, which is not read");
        }

        long at = Long(bytes, 4);
        int count = Short(bytes, at);
        if (count > MostTags)
        {
            throw new InvalidDataException($"it has {count} tags");
        }

        for (int i = 0; i < count; i++)
        {
            Add(bytes, at + 2 + (i * 12));
        }
    }

    public bool IsBigEndian { get; }

    /// <summary>Whether these bytes begin like a TIFF file.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 8 && (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) || bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0+"u8));

    /// <summary>All values of a tag, or null.</summary>
    public long[]? Find(int tag) => _values.GetValueOrDefault(tag);

    /// <summary>The first value of a tag, or what holds where it is not there.</summary>
    public long First(int tag, long otherwise) => Find(tag) is [long value, ..] ? value : otherwise;

    /// <exception cref="InvalidDataException">The tag is not there.</exception>
    public long[] Require(int tag, string name) => Find(tag) is { Length: > 0 } values ? values : throw new InvalidDataException($"it has no {name}");

    private void Add(ReadOnlySpan<byte> bytes, long at)
    {
        int size = Short(bytes, at + 2) switch { 1 => 1, 3 => 2, 4 => 4, _ => 0 };
        long count = Long(bytes, at + 4);
        if (size == 0)
        {
            return;
        }

        if (count > LongestList)
        {
            throw new InvalidDataException($"a tag lists {count} values");
        }

        long from = count * size <= 4 ? at + 8 : Long(bytes, at + 8);
        long[] values = new long[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = size switch { 1 => Part(bytes, from + i, 1)[0], 2 => Short(bytes, from + (i * 2)), _ => Long(bytes, from + (i * 4)) };
        }

        _values[Short(bytes, at)] = values;
    }

    private int Short(ReadOnlySpan<byte> bytes, long at) => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(Part(bytes, at, 2)) : BinaryPrimitives.ReadUInt16LittleEndian(Part(bytes, at, 2));

    private uint Long(ReadOnlySpan<byte> bytes, long at) => IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(Part(bytes, at, 4)) : BinaryPrimitives.ReadUInt32LittleEndian(Part(bytes, at, 4));

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, long at, int length) => at <= bytes.Length - length
        ? bytes.Slice((int)at, length)
        : throw new InvalidDataException("it ends early");
}
