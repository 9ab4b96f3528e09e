using System.Buffers.Binary;

namespace CAManim.Native.Encoding.Plots;

/// <summary>Writes a minimal TrueType font: outlines of straight lines, one character a glyph (OpenType specification 1.9, the tables named below).</summary>
internal static class TrueTypeFile
{
    public const int UnitsPerEm = 1000;
    private const short Ascent = 930;
    private const short Descent = -240;
    private const uint ChecksumOfFile = 0xB1B0AFBA;

    /// <param name="family">Name of the family.</param>
    /// <param name="characters">In ascending order; character i has glyph i + 1.</param>
    /// <param name="glyphs">The first is shown for characters without one.</param>
    public static byte[] Write(string family, char[] characters, IReadOnlyList<TrueTypeGlyph> glyphs)
    {
        (byte[] outlines, byte[] offsets) = Outlines(glyphs);

        // In the order of their names, as the directory has to be.
        (string Tag, byte[] Content)[] tables =
        [
            ("OS/2", Os2(characters)),
            ("cmap", CharacterMap(characters)),
            ("glyf", outlines),
            ("head", Head(glyphs)),
            ("hhea", HorizontalHeader(glyphs)),
            ("hmtx", Table(w =>
            {
                foreach (TrueTypeGlyph glyph in glyphs)
                {
                    w.Words(glyph.Advance, glyph.Bounds.Left);
                }
            })),
            ("loca", offsets),
            ("maxp", Table(w => w.Words(1, 0, glyphs.Count, glyphs.Max(g => g.Contours.Sum(c => c.Length)), glyphs.Max(g => g.Contours.Count), 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0))),
            ("name", Names(family)),
            ("post", Table(w => w.Words(3, 0, 0, 0, -75, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
        ];
        return Assemble(tables);
    }

    private static byte[] Assemble((string Tag, byte[] Content)[] tables)
    {
        int offset = 12 + (16 * tables.Length), head = 0;
        byte[] directory = Table(w =>
        {
            // 128 is the largest multiple of 16 below sixteen times the number of tables that is a power of two: for 8 to 15 tables.
            w.Words(1, 0, tables.Length, 128, 3, (16 * tables.Length) - 128);
            foreach ((string tag, byte[] content) in tables)
            {
                head = tag == "head" ? offset : head;
                w.Bytes(System.Text.Encoding.ASCII.GetBytes(tag));
                w.Long(Checksum(content));
                w.Long((uint)offset);
                w.Long((uint)content.Length);
                offset += (content.Length + 3) & ~3;
            }
        });
        byte[] file = new byte[offset];
        directory.CopyTo(file, 0);
        int at = directory.Length;
        foreach ((_, byte[] content) in tables)
        {
            content.CopyTo(file, at);
            at += (content.Length + 3) & ~3;
        }

        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(head + 8), ChecksumOfFile - Checksum(file));
        return file;
    }

    private static (byte[] Outlines, byte[] Offsets) Outlines(IReadOnlyList<TrueTypeGlyph> glyphs)
    {
        TrueTypeWriter outlines = new(), offsets = new();
        foreach (TrueTypeGlyph glyph in glyphs)
        {
            offsets.Long((uint)outlines.Length);
            if (glyph.Contours.Count > 0)
            {
                outlines.Outline(glyph);
            }
        }

        offsets.Long((uint)outlines.Length);
        return (outlines.ToArray(), offsets.ToArray());
    }

    private static byte[] Head(IReadOnlyList<TrueTypeGlyph> glyphs) => Table(w =>
    {
        w.Words(1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, UnitsPerEm, 0, 0, 0, 0, 0, 0, 0, 0);
        w.Words(glyphs.Min(g => g.Bounds.Left), glyphs.Min(g => g.Bounds.Bottom), glyphs.Max(g => g.Bounds.Right), glyphs.Max(g => g.Bounds.Top));
        w.Words(0, 8, 2, 1, 0);
    });

    private static byte[] HorizontalHeader(IReadOnlyList<TrueTypeGlyph> glyphs) => Table(w =>
        w.Words(1, 0, Ascent, Descent, 90, glyphs.Max(g => g.Advance), glyphs.Min(g => g.Bounds.Left), 0, glyphs.Max(g => g.Bounds.Right), 1, 0, 0, 0, 0, 0, 0, 0, glyphs.Count));

    private static byte[] Os2(char[] characters) => Table(w =>
    {
        // Version 4: sizes of sub- and superscripts, no class, no panose, no ranges.
        w.Words(4, 500, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0);
        w.Words(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        w.Bytes("CAMN"u8);
        w.Words(0x40, characters[0], characters[^1], Ascent, Descent, 90, Ascent, -Descent, 0, 1, 0, 0, 504, 720, 0, ' ', 1);
    });

    // Format 12: groups of characters in succession.
    private static byte[] CharacterMap(char[] characters) => Table(w =>
    {
        w.Words(0, 1, 3, 10, 0, 12, 12, 0, 0, 16 + (12 * characters.Length), 0, 0, 0, characters.Length);
        for (int i = 0; i < characters.Length; i++)
        {
            w.Words(0, characters[i], 0, characters[i], 0, i + 1);
        }
    });

    private static byte[] Names(string family)
    {
        (int Id, string Text)[] names = [(1, family), (2, "Regular"), (4, family), (6, family.Replace(" ", "", StringComparison.Ordinal))];
        return Table(w =>
        {
            w.Words(0, names.Length, 6 + (12 * names.Length));
            int offset = 0;
            foreach ((int id, string text) in names)
            {
                w.Words(3, 1, 0x409, id, 2 * text.Length, offset);
                offset += 2 * text.Length;
            }

            foreach ((_, string text) in names)
            {
                w.Bytes(System.Text.Encoding.BigEndianUnicode.GetBytes(text));
            }
        });
    }

    private static byte[] Table(Action<TrueTypeWriter> write)
    {
        TrueTypeWriter writer = new();
        write(writer);
        return writer.ToArray();
    }

    // Sum of 32-bit words, the last filled with zeros.
    private static uint Checksum(ReadOnlySpan<byte> content)
    {
        uint sum = 0;
        Span<byte> word = stackalloc byte[4];
        for (int i = 0; i < content.Length; i += 4)
        {
            word.Clear();
            content[i..Math.Min(i + 4, content.Length)].CopyTo(word);
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(word));
        }

        return sum;
    }
}
