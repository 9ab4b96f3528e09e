using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Encoding.Interop;

/// <summary>A file of Linux that has no name until it is finished: if the process dies before, the system removes it.</summary>
internal static partial class UnnamedFile
{
    private const int ReadWrite = 2;
    private const int CloseOnExec = 0x80000;
    private const int FollowLink = 0x400;
    private const int CurrentFolder = -100;
    private const int AllButUmask = 0x1B6;

    // O_TMPFILE holds O_DIRECTORY, whose bit is the processor's.
    private static readonly int Unnamed = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x404000 : 0x410000;

    /// <returns>Null where the system or the folder's file system has no such files.</returns>
    public static SafeFileHandle? TryCreate(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        int descriptor = Open(folder, ReadWrite | CloseOnExec | Unnamed, AllButUmask);
        if (descriptor < 0)
        {
            return null;
        }

        SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (File.Exists(PathOf(handle)))
        {
            return handle;
        }

        // Without /proc the file could be neither opened by libav nor named.
        handle.Dispose();
        return null;
    }

    /// <summary>A path by which this process can open the file.</summary>
    public static string PathOf(SafeFileHandle handle) => $"/proc/self/fd/{handle.DangerousGetHandle()}";

    /// <summary>Gives the file a name that is not taken.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Name(SafeFileHandle handle, string path)
    {
        if (Link(CurrentFolder, PathOf(handle), CurrentFolder, path, FollowLink) != 0)
        {
            throw new IOException($"{path} could not be named: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(int oldFolder, string oldPath, int newFolder, string newPath, int flags);
}
