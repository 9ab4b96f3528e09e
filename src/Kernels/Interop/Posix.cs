using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Kernels.Interop;

/// <summary>Linux's calls on files that are named beneath an open folder, so that nobody can put another folder in its place between two of them.</summary>
internal static partial class Posix
{
    public const int ReadOnly = 0;
    public const int ReadWriteNew = 0x2 | 0x40 | 0x80; // O_RDWR | O_CREAT | O_EXCL

    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7FF;
    private const int AddSeals = 1033;

    // F_SEAL_SEAL, SHRINK, GROW, WRITE.
    private const int AllSeals = 0xF;
    private const uint MemoryCloseOnExec = 1;
    private const uint MemoryAllowSealing = 2;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    // The bits of these two are the processor's.
    private static readonly int OnlyFolder = IsArm ? 0x4000 : 0x10000;
    private static readonly int NoLink = IsArm ? 0x8000 : 0x20000;

    /// <summary>This process's effective user.</summary>
    public static uint User => GetEffectiveUser();

    /// <returns>Null where it is no folder, is a link, or may not be opened; <see cref="Marshal.GetLastPInvokeError"/> says why.</returns>
    public static SafeFileHandle? OpenFolder(string path) => Own(Open(CurrentFolder, path, ReadOnly | OnlyFolder | NoLink | CloseOnExec, 0));

    /// <summary>Opens a file beneath <paramref name="folder"/>; a link is not followed, and a FIFO is not waited for.</summary>
    public static SafeFileHandle? OpenBeneath(SafeFileHandle folder, string name, int flags, UnixFileMode mode = 0) =>
        Own(Open((int)folder.DangerousGetHandle(), name, flags | NoLink | NonBlocking | CloseOnExec, (int)mode));

    public static bool Rename(SafeFileHandle folder, string from, string to) =>
        RenameAt((int)folder.DangerousGetHandle(), from, (int)folder.DangerousGetHandle(), to) == 0;

    public static void Remove(SafeFileHandle folder, string name) => _ = UnlinkAt((int)folder.DangerousGetHandle(), name, 0);

    /// <summary>What an open file is: owner, mode with its kind, names that it has, bytes.</summary>
    /// <returns>Null where the system cannot say.</returns>
    public static FileFacts? Facts(SafeFileHandle file) => Facts((int)file.DangerousGetHandle(), "", EmptyPath);

    /// <summary>What a path leads to; links are followed.</summary>
    /// <returns>Null where it leads to nothing, or the system cannot say.</returns>
    public static FileFacts? Facts(string path) => Facts(CurrentFolder, path, 0);

    /// <summary>A file of memory that has no name.</summary>
    public static SafeFileHandle? OpenMemory(string name) => Own(MemoryFile(name, MemoryCloseOnExec | MemoryAllowSealing));

    /// <summary>Nobody changes a file of memory any more, this process neither.</summary>
    public static void Seal(SafeFileHandle memory) => _ = Control((int)memory.DangerousGetHandle(), AddSeals, AllSeals);

    /// <summary>A path by which this process opens this very file.</summary>
    public static string PathOf(SafeFileHandle file) => $"/proc/self/fd/{file.DangerousGetHandle()}";

    private static FileFacts? Facts(int folder, string path, int flags)
    {
        Span<byte> stats = stackalloc byte[256];
        return StatX(folder, path, flags, BasicStats, ref MemoryMarshal.GetReference(stats)) == 0
            ? new FileFacts(MemoryMarshal.Read<uint>(stats[20..]), MemoryMarshal.Read<ushort>(stats[28..]), MemoryMarshal.Read<uint>(stats[16..]), MemoryMarshal.Read<long>(stats[40..]))
            : null;
    }

    private static SafeFileHandle? Own(int descriptor) => descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(int folder, string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int oldFolder, string oldPath, int newFolder, string newPath);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(int folder, string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte stats);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);
}
