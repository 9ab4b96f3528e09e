using System.Runtime.InteropServices;
using System.Text;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The full symbol table of a 64-bit little-endian ELF library, local symbols included, which the dynamic loader does not hand out.</summary>
/// <remarks>
/// libtorch_cpu.so has 460 MB and half a million symbols. Only the table (13 MB) is read whole; a name is read when kind and size fit.
/// </remarks>
internal sealed class ElfSymbols
{
    private const uint SectionTypeSymbols = 2;
    private const int MaxTableInBytes = 512 << 20;

    private readonly FileStream _file;
    private readonly Symbol[] _symbols;
    private readonly long _names;

    private ElfSymbols(FileStream file, Symbol[] symbols, long names)
    {
        _file = file;
        _symbols = symbols;
        _names = names;
    }

    /// <summary>Kinds of symbols.</summary>
    public enum Kind
    {
        /// <summary>A variable.</summary>
        Object = 1,

        /// <summary>A function.</summary>
        Function = 2,
    }

    /// <summary>Reads the table.</summary>
    /// <returns>The table, or null where the library was stripped of it.</returns>
    /// <exception cref="InvalidDataException">The file is no 64-bit little-endian ELF file, or its tables leave the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ElfSymbols? Read(FileStream file)
    {
        Span<byte> header = stackalloc byte[64];
        ReadAt(file, 0, header);
        if (!header[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException($"{file.Name} is no 64-bit little-endian ELF file.");
        }

        int count = MemoryMarshal.Read<ushort>(header[60..]);
        Section[] sections = ReadMany<Section>(file, MemoryMarshal.Read<long>(header[40..]), count);
        foreach (Section section in sections)
        {
            if (section.Type == SectionTypeSymbols && section.Link < sections.Length && section.Size is > 0 and <= MaxTableInBytes)
            {
                return new ElfSymbols(file, ReadMany<Symbol>(file, section.Offset, (int)(section.Size / Marshal.SizeOf<Symbol>())), sections[section.Link].Offset);
            }
        }

        return null;
    }

    /// <summary>Address of a symbol from the library's start, or null.</summary>
    /// <param name="name">Its mangled name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="smallest">Least size in bytes.</param>
    /// <param name="largest">Largest size in bytes: few symbols should lie between, for each one's name is read.</param>
    /// <param name="near">Address of a symbol of the same object file: those beside it in the table are asked first.</param>
    public (long Address, int SizeInBytes)? Find(string name, Kind kind, int smallest, int largest, long near = 0)
    {
        byte[] wanted = [.. Encoding.ASCII.GetBytes(name), 0];
        byte[] found = new byte[wanted.Length];
        int middle = near == 0 ? 0 : Math.Max(0, Array.FindIndex(_symbols, s => s.Value == near));
        for (int distance = 0; distance < _symbols.Length; distance++)
        {
            if (Is(middle + distance) is { } after)
            {
                return after;
            }

            if (distance > 0 && Is(middle - distance) is { } before)
            {
                return before;
            }
        }

        return null;

        (long, int)? Is(int i)
        {
            if (i < 0 || i >= _symbols.Length || (_symbols[i].Info & 15) != (int)kind || _symbols[i].Size < smallest || _symbols[i].Size > largest || _symbols[i].Section == 0)
            {
                return null;
            }

            int read = RandomAccess.Read(_file.SafeFileHandle, found, _names + _symbols[i].Name);
            return read == found.Length && found.AsSpan().SequenceEqual(wanted) ? (_symbols[i].Value, (int)_symbols[i].Size) : null;
        }
    }

    private static T[] ReadMany<T>(FileStream file, long offset, int count)
        where T : unmanaged
    {
        T[] items = new T[count];
        ReadAt(file, offset, MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    private static void ReadAt(FileStream file, long offset, Span<byte> bytes)
    {
        if (offset < 0 || offset + bytes.Length > file.Length)
        {
            throw new InvalidDataException($"The tables of {file.Name} point outside of the file.");
        }

        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file.SafeFileHandle, bytes, offset);
            if (read == 0)
            {
                throw new InvalidDataException($"{file.Name} ended while it was read.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    // Elf64_Shdr
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Section
    {
        public readonly uint Name;
        public readonly uint Type;
        public readonly ulong Flags;
        public readonly long Address;
        public readonly long Offset;
        public readonly long Size;
        public readonly uint Link;
        public readonly uint Info;
        public readonly ulong Alignment;
        public readonly ulong EntrySize;
    }

    // Elf64_Sym
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Symbol
    {
        public readonly uint Name;
        public readonly byte Info;
        public readonly byte Other;
        public readonly ushort Section;
        public readonly long Value;
        public readonly long Size;
    }
}
