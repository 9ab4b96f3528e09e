using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>
/// The directory of a zip file, as far as weight files need it: names and places of stored (uncompressed) entries, zip64 included.
/// PyTorch does not compress weights, so compressed entries are refused where they are read and no small file can unfold into a large one.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndLength = 22;
    private const int DirectoryLimit = 64 << 20;

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly long _length;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    public ZipDirectory(SafeFileHandle handle, string path, long length)
    {
        (_handle, _path, _length) = (handle, path, length);
        ReadDirectory();
    }

    public IReadOnlyDictionary<string, ZipEntry> Entries => _entries;

    /// <summary>Where the bytes of an entry start: behind its local header, whose variable parts differ from the directory's.</summary>
    public long DataStart(ZipEntry entry)
    {
        if (!entry.IsStored)
        {
            throw new WeightFileException($"'{entry.Name}' in '{_path}' is compressed or encrypted, which PyTorch does not do with weights; such files are refused. Load it in Python and save it again.");
        }

        Span<byte> local = stackalloc byte[30];
        Read(entry.HeaderStart, local);
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != 0x04034B50)
        {
            throw Damaged($"'{entry.Name}' does not start at byte {entry.HeaderStart}");
        }

        long start = entry.HeaderStart + 30 + BinaryPrimitives.ReadUInt16LittleEndian(local[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        return entry.Length <= _length - start ? start : throw Damaged($"'{entry.Name}' should have {entry.Length} bytes from byte {start}, the file ends at byte {_length}");
    }

    private void ReadDirectory()
    {
        (long start, long size, long count) = FindEnd();
        if (start < 0 || size < 0 || size > DirectoryLimit || start > _length - size)
        {
            throw Damaged($"its directory should have {size} bytes from byte {start}, the file ends at byte {_length}");
        }

        byte[] directory = new byte[size];
        Read(start, directory);
        int position = 0;
        for (long i = 0; i < count; i++)
        {
            if (position > directory.Length - 46 || BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(position)) != 0x02014B50)
            {
                throw Damaged($"its directory ends after {i} of {count} entries");
            }

            position += Add(directory.AsSpan(position));
        }
    }

    private int Add(ReadOnlySpan<byte> record)
    {
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(record[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(record[30..]);
        int total = 46 + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(record[32..]);
        if (total > record.Length)
        {
            throw Damaged("an entry of its directory is cut off");
        }

        string name = Encoding.UTF8.GetString(record.Slice(46, nameLength));
        long stored = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
        long header = BinaryPrimitives.ReadUInt32LittleEndian(record[42..]);
        ReadZip64(record.Slice(46 + nameLength, extraLength), ref length, ref stored, ref header);
        bool isStored = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]) == 0 && stored == length && (record[8] & 1) == 0;
        if (length < 0 || header < 0 || header > _length - 30 || !_entries.TryAdd(name, new ZipEntry(name, header, length, BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), isStored)))
        {
            throw Damaged($"'{name}' appears twice or lies outside of the file");
        }

        return total;
    }

    /// <summary>64-bit values stand in an extra field where the 32-bit ones are all ones, in this order.</summary>
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long length, ref long stored, ref long header)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int size = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            ReadOnlySpan<byte> field = extra.Slice(4, size);
            extra = extra[(4 + size)..];
            if (id == 1)
            {
                Take(ref length, ref field);
                Take(ref stored, ref field);
                Take(ref header, ref field);
            }
        }

        static void Take(ref long value, ref ReadOnlySpan<byte> field)
        {
            if (value == uint.MaxValue && field.Length >= 8)
            {
                value = BinaryPrimitives.ReadInt64LittleEndian(field);
                field = field[8..];
            }
        }
    }

    private (long Start, long Size, long Count) FindEnd()
    {
        byte[] tail = new byte[Math.Min(_length, EndLength + ushort.MaxValue)];
        Read(_length - tail.Length, tail);
        int end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end > tail.Length - EndLength)
        {
            throw Damaged("its directory is missing at the end");
        }

        ReadOnlySpan<byte> record = tail.AsSpan(end);
        (long start, long size, long count) = (BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), BinaryPrimitives.ReadUInt16LittleEndian(record[10..]));
        if (start != uint.MaxValue && size != uint.MaxValue && count != ushort.MaxValue)
        {
            return (start, size, count);
        }

        if (end < 20 || BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end - 20)) != 0x07064B50)
        {
            throw Damaged("its 64-bit directory is missing");
        }

        Span<byte> wide = stackalloc byte[56];
        Read(BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - 12)), wide);
        return (BinaryPrimitives.ReadInt64LittleEndian(wide[48..]), BinaryPrimitives.ReadInt64LittleEndian(wide[40..]), BinaryPrimitives.ReadInt64LittleEndian(wide[32..]));
    }

    private void Read(long position, Span<byte> destination)
    {
        if (position < 0 || position > _length - destination.Length)
        {
            throw Damaged($"{destination.Length} bytes are expected at byte {position}, the file ends at byte {_length}");
        }

        new FileWeightSource(_handle, position, _path).Read(0, destination);
    }

    private WeightFileException Damaged(string what) => new($"The PyTorch file '{_path}' is damaged: {what}. Download or copy it again.");
}
