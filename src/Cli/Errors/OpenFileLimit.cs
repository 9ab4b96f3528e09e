using System.Runtime.InteropServices;

namespace CAManim.Native.Cli.Errors;

/// <summary>
/// How many files a process may have open (<c>ulimit -n</c>). .NET and libtorch open some seventy before a network runs; with fewer, whatever is opened
/// next fails and is blamed: an assembly, the console, the weights.
/// </summary>
internal static unsafe partial class OpenFileLimit
{
    /// <summary>What every command can do with, and a video with all its outputs.</summary>
    public const int Least = 128;

    // Of Linux, and of its error for a file too many (EMFILE).
    private const int Resource = 7;
    private const int TooMany = 24;

    /// <summary>Looks at the limit, and writes a message to standard error where it is too low; by system calls alone, since with few files not even the console opens.</summary>
    public static bool IsTooLow()
    {
        ulong* limits = stackalloc ulong[2];
        if (!OperatingSystem.IsLinux() || GetLimit(Resource, limits) != 0 || limits[0] >= Least)
        {
            return false;
        }

        Span<byte> message = stackalloc byte[256];
        int length = Append(message, 0, "camanim: This process may have only "u8);
        if (limits[0] >= 100)
        {
            message[length++] = (byte)('0' + (limits[0] / 100));
        }

        message[length++] = (byte)('0' + (limits[0] / 10 % 10));
        message[length++] = (byte)('0' + (limits[0] % 10));
        length = Append(message, length, " files open; at least 128 are needed. Raise the limit: ulimit -n 1024.\n"u8);
        fixed (byte* first = message)
        {
            _ = Write(2, first, length);
        }

        return true;
    }

    /// <summary>Whether something failed because too many files were open.</summary>
    public static bool IsCauseOf(Exception error) => !OperatingSystem.IsWindows() && error is IOException { HResult: TooMany };

    private static int Append(Span<byte> message, int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(message[length..]);
        return length + text.Length;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, ulong* limits);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* bytes, nint count);
}
