using System.Text;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Weights.Formats;

/// <summary>
/// TorchSharp's own format: number of entries; for each its key, element type, dimensions (all as 7-bit groups, low first) and bytes.
/// It has no magic number: a file is one if it can be walked from the first byte to exactly the last.
/// </summary>
internal static class TorchSharpReader
{
    private const int KeyLimit = 4096;
    private const int EntryLimit = 1_000_000;

    /// <summary>Returns null where the file is of another format.</summary>
    public static WeightFile? TryRead(SafeFileHandle handle, string path, long length)
    {
        long position = 0;
        if (!TryNumber(handle, ref position, length, out long count) || count is < 1 or > EntryLimit)
        {
            return null;
        }

        var entries = new OrderedDictionary<string, WeightEntry>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            WeightEntry? entry = TryEntry(handle, path, ref position, length);
            if (entry is null || !entries.TryAdd(entry.Key, entry))
            {
                // A first entry that makes sense means that the file is of this format, and broken.
                return i == 0 ? null : throw new WeightFileException($"The TorchSharp file '{path}' is damaged: entry {i + 1} of {count}, near byte {position} of {length}, cannot be read. Download or copy it again.");
            }
        }

        return position == length
            ? new WeightFile(handle, path, "TorchSharp", [.. entries.Values], null)
            : throw new WeightFileException($"The TorchSharp file '{path}' is damaged: {length - position} bytes follow its {count} entries. Download or copy it again.");
    }

    private static WeightEntry? TryEntry(SafeFileHandle handle, string path, ref long position, long length)
    {
        if (!TryNumber(handle, ref position, length, out long keyLength) || keyLength is < 1 or > KeyLimit || keyLength > length - position)
        {
            return null;
        }

        Span<byte> key = stackalloc byte[(int)keyLength];
        new FileWeightSource(handle, position, path).Read(0, key);
        position += keyLength;
        if (key.ContainsAnyInRange<byte>(0, 31)
            || !TryNumber(handle, ref position, length, out long typeNumber) || WeightTypes.OfTorch((ScalarType)typeNumber) is not { } type
            || !TryNumber(handle, ref position, length, out long rank) || rank is < 0 or > 32)
        {
            return null;
        }

        var shape = new long[rank];
        Int128 size = type.SizeInBytes();
        for (int i = 0; i < rank; i++)
        {
            if (!TryNumber(handle, ref position, length, out shape[i]) || shape[i] < 0 || (size *= shape[i]) > length)
            {
                return null;
            }
        }

        if (size > length - position)
        {
            return null;
        }

        var entry = new WeightEntry(Encoding.UTF8.GetString(key), type, shape, new FileWeightSource(handle, position, path));
        position += (long)size;
        return entry;
    }

    private static bool TryNumber(SafeFileHandle handle, ref long position, long length, out long value)
    {
        value = 0;
        Span<byte> bytes = stackalloc byte[10];
        bytes = bytes[..(int)Math.Min(bytes.Length, length - position)];
        int available = RandomAccess.Read(handle, bytes, position);
        for (int i = 0; i < available; i++)
        {
            value |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                position += i + 1;
                return true;
            }
        }

        return false;
    }
}
