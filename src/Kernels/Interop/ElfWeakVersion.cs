using System.Buffers.Binary;
using System.Text;

namespace CAManim.Native.Kernels.Interop;

/// <summary>
/// Makes one symbol version that an ELF library asks for optional, by setting the weak flag of its entry in <c>.gnu.version_r</c>.
/// </summary>
/// <remarks>
/// <c>libLibTorchSharp.so</c> asks for GLIBCXX_3.4.32 only for <c>_ZSt21ios_base_library_initv</c>, a marker that nothing calls.
/// With the flag set, the dynamic loader of an older system no longer refuses the library.
/// </remarks>
internal static class ElfWeakVersion
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort FlagWeak = 2;

    /// <summary>Sets the weak flag on <paramref name="version"/> in place.</summary>
    /// <returns>Whether an entry was found (already weak counts).</returns>
    /// <exception cref="InvalidDataException">The bytes are no 64-bit little-endian ELF file, or its tables leave the file.</exception>
    public static bool Mark(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        }

        try
        {
            return MarkSections(elf, Encoding.ASCII.GetBytes(version));
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("The ELF file's section tables point outside of the file.", error);
        }
    }

    private static bool MarkSections(Span<byte> elf, ReadOnlySpan<byte> version)
    {
        int tableOffset = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[40..]));
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(elf[58..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[60..]);
        bool found = false;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> section = elf.Slice(tableOffset + (i * entrySize), 64);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != SectionTypeVersionNeeds)
            {
                continue;
            }

            int offset = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(section[24..]));
            int stringSection = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(section[40..]));
            int needs = checked((int)BinaryPrimitives.ReadUInt32LittleEndian(section[44..]));
            int strings = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(tableOffset + (stringSection * entrySize) + 24)..]));
            found |= MarkNeeds(elf, offset, needs, strings, version);
        }

        return found;
    }

    private static bool MarkNeeds(Span<byte> elf, int offset, int needs, int strings, ReadOnlySpan<byte> version)
    {
        bool found = false;
        for (int i = 0; i < needs; i++)
        {
            int auxiliaries = BinaryPrimitives.ReadUInt16LittleEndian(elf[(offset + 2)..]);
            int auxiliary = offset + BinaryPrimitives.ReadInt32LittleEndian(elf[(offset + 8)..]);
            for (int j = 0; j < auxiliaries; j++)
            {
                ReadOnlySpan<byte> name = elf[(strings + BinaryPrimitives.ReadInt32LittleEndian(elf[(auxiliary + 8)..]))..];
                if (name.StartsWith(version) && name[version.Length] == 0)
                {
                    ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(elf[(auxiliary + 4)..]);
                    BinaryPrimitives.WriteUInt16LittleEndian(elf[(auxiliary + 4)..], (ushort)(flags | FlagWeak));
                    found = true;
                }

                auxiliary += BinaryPrimitives.ReadInt32LittleEndian(elf[(auxiliary + 12)..]);
            }

            offset += BinaryPrimitives.ReadInt32LittleEndian(elf[(offset + 12)..]);
        }

        return found;
    }
}
