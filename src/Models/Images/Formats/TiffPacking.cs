using System.IO.Compression;

namespace CAManim.Native.Models.Images.Formats;

/// <summary>Unpacks a strip or tile of a TIFF file.</summary>
internal static class TiffPacking
{
    private const int Clear = 256, End = 257, FirstFree = 258, MostCodes = 4096;

    /// <param name="packed">As in the file.</param>
    /// <param name="content">Filled whole.</param>
    /// <param name="compression">The tag's value.</param>
    /// <exception cref="InvalidDataException">It is damaged, ends early, or is packed in another way.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> content, long compression)
    {
        int length = compression switch
        {
            1 => Copy(packed, content),
            5 => Lzw(packed, content),
            8 or 32946 => Deflate(packed, content),
            32773 => PackBits(packed, content),
            _ => throw new InvalidDataException($"it is packed by kind {compression}{(compression is 6 or 7 ? " (JPEG)" : compression is >= 2 and <= 4 ? " (fax)" : "")}; none, LZW, deflate and PackBits are read"),
        };
        if (length < content.Length)
        {
            throw new InvalidDataException("it ends early");
        }
    }

    private static int Copy(ReadOnlySpan<byte> packed, Span<byte> content)
    {
        int length = Math.Min(packed.Length, content.Length);
        packed[..length].CopyTo(content);
        return length;
    }

    private static int Deflate(ReadOnlySpan<byte> packed, Span<byte> content)
    {
        using ZLibStream stream = new(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        return stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
    }

    private static int PackBits(ReadOnlySpan<byte> packed, Span<byte> content)
    {
        int to = 0;
        for (int from = 0; from < packed.Length && to < content.Length;)
        {
            int head = (sbyte)packed[from++];
            if (head >= 0)
            {
                int length = Math.Min(Math.Min(head + 1, packed.Length - from), content.Length - to);
                packed.Slice(from, length).CopyTo(content[to..]);
                (from, to) = (from + head + 1, to + length);
            }
            else if (head != -128 && from < packed.Length)
            {
                int length = Math.Min(1 - head, content.Length - to);
                content.Slice(to, length).Fill(packed[from++]);
                to += length;
            }
        }

        return to;
    }

    // Codes of 9 to 12 bits, highest bit first; a string is the one before it and a byte. They grow one code early, as all writers do.
    private static int Lzw(ReadOnlySpan<byte> packed, Span<byte> content)
    {
        Span<int> start = stackalloc int[MostCodes];
        Span<int> length = stackalloc int[MostCodes];
        (int next, int bits, int previous, int to) = (FirstFree, 9, -1, 0);
        (uint window, int held) = (0, 0);
        for (int from = 0; to < content.Length;)
        {
            while (held < bits)
            {
                if (from == packed.Length)
                {
                    return to;
                }

                (window, held) = ((window << 8) | packed[from++], held + 8);
            }

            int code = (int)(window >> (held - bits)) & ((1 << bits) - 1);
            held -= bits;
            if (code == End)
            {
                return to;
            }

            if (code == Clear)
            {
                (next, bits, previous) = (FirstFree, 9, -1);
                continue;
            }

            if (code > next || (code == next && previous < 0) || code is >= Clear and < FirstFree)
            {
                throw new InvalidDataException("its LZW codes are damaged");
            }

            // A string is where it was written first: no table of bytes is needed.
            int begin = to;
            if (code < Clear)
            {
                content[to++] = (byte)code;
            }
            else
            {
                (int at, int count) = code < next ? (start[code], length[code]) : (start[MostCodes - 1], length[MostCodes - 1] + 1);
                for (int i = 0; i < count && to < content.Length; i++)
                {
                    content[to++] = content[at + i];
                }
            }

            if (previous >= 0 && next < MostCodes - 1)
            {
                // The string before, and the first byte of this one, which follows it.
                (start[next], length[next]) = (start[MostCodes - 1], length[MostCodes - 1] + 1);
                next++;
            }

            (start[MostCodes - 1], length[MostCodes - 1]) = (begin, to - begin);
            previous = code;
            bits = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
        }

        return to;
    }
}
