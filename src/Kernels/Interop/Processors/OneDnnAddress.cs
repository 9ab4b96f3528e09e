using System.Globalization;
using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>Where oneDNN's description of the processor lies in a loaded libtorch_cpu.so, from the library's start.</summary>
/// <param name="Function">The function that makes it at its first call and returns it.</param>
/// <param name="Guard">The variable that says whether it was made.</param>
/// <param name="Description">The object.</param>
internal readonly unsafe record struct OneDnnAddress(long Function, long Guard, long Description)
{
    private const string FunctionName = "_ZN4dnnl4impl3cpu3x643cpuEv";
    private const string GuardName = "_ZGVZN4dnnl4impl3cpu3x643cpuEvE4cpu_";
    private const string DescriptionName = "_ZZN4dnnl4impl3cpu3x643cpuEvE4cpu_";
    private const string Maps = "/proc/self/maps";
    private const int CodeInBytes = 27;

    /// <summary>Searches the library's symbol table.</summary>
    /// <returns>The addresses, or null where the table has them not.</returns>
    /// <exception cref="InvalidDataException">The file is no library of this kind.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OneDnnAddress? Find(string library)
    {
        using FileStream file = File.OpenRead(library);
        if (ElfSymbols.Read(file) is not { } symbols
            || symbols.Find(DescriptionName, ElfSymbols.Kind.Object, OneDnnProcessor.SizeInBytes, OneDnnProcessor.SizeInBytes) is not { } description
            || symbols.Find(GuardName, ElfSymbols.Kind.Object, sizeof(long), sizeof(long), description.Address) is not { } guard
            || symbols.Find(FunctionName, ElfSymbols.Kind.Function, CodeInBytes, 256, description.Address) is not { } function)
        {
            return null;
        }

        return new OneDnnAddress(function.Address, guard.Address, description.Address);
    }

    /// <summary>Has the object made, if it was not, and returns its bytes, which stay where they are while the process lives.</summary>
    /// <returns>The bytes; empty where what is loaded is not what the addresses are of.</returns>
    public Span<byte> Open(string library)
    {
        nint start = FindStart(Path.GetFileName(library), Math.Max(Function + CodeInBytes, Description + OneDnnProcessor.SizeInBytes));
        if (start == 0 || !IsFunction(new ReadOnlySpan<byte>((void*)(start + (nint)Function), CodeInBytes)))
        {
            return [];
        }

        void* made = ((delegate* unmanaged<void*>)(start + (nint)Function))();
        return (nint)made == start + (nint)Description ? new Span<byte>(made, OneDnnProcessor.SizeInBytes) : [];
    }

    // endbr64; movzbl guard(%rip), %eax; test %al, %al; je ...; lea description(%rip), %rax; ret. Called only if it is that, with these addresses.
    private bool IsFunction(ReadOnlySpan<byte> code)
    {
        long at = Function;
        if (code.StartsWith(EndBranch))
        {
            code = code[EndBranch.Length..];
            at += EndBranch.Length;
        }

        return code.StartsWith(LoadByte) && at + 7 + MemoryMarshal.Read<int>(code[3..]) == Guard
            && code[7..].StartsWith(TestAndJump)
            && code[11..].StartsWith(LoadAddress) && at + 18 + MemoryMarshal.Read<int>(code[14..]) == Description
            && code[18] == 0xC3;
    }

    private static ReadOnlySpan<byte> EndBranch => [0xF3, 0x0F, 0x1E, 0xFA];

    private static ReadOnlySpan<byte> LoadByte => [0x0F, 0xB6, 0x05];

    private static ReadOnlySpan<byte> TestAndJump => [0x84, 0xC0, 0x74];

    private static ReadOnlySpan<byte> LoadAddress => [0x48, 0x8D, 0x05];

    // The first mapping of the file starts at its first byte; all up to the last address must be mapped from it or behind it without a gap.
    private static nint FindStart(string name, long length)
    {
        nint start = 0, end = 0;
        foreach (string line in File.ReadLines(Maps))
        {
            string[] columns = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            nint from = Address(columns[0].AsSpan(0, columns[0].IndexOf('-', StringComparison.Ordinal)));
            nint to = Address(columns[0].AsSpan(columns[0].IndexOf('-', StringComparison.Ordinal) + 1));
            if (start == 0)
            {
                if (columns.Length == 6 && Address(columns[2]) == 0 && Path.GetFileName(columns[5]) == name)
                {
                    (start, end) = (from, to);
                }
            }
            else if (from == end)
            {
                end = to;
            }
            else
            {
                break;
            }
        }

        return end - start >= length ? start : 0;
    }

    private static nint Address(ReadOnlySpan<char> text) => nint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
