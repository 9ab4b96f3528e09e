using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Kernels.Interop;

/// <summary>
/// A folder that is this user's alone: owned by the user, writable by nobody else, no link. What lies in it is believed, and loaded as code,
/// only where the same holds for the file. All is asked of open descriptors, so that nothing can be exchanged after it was looked at.
/// </summary>
/// <remarks>On Windows the folders of a user's profile are the user's by their access lists, and nothing is asked. Elsewhere than on Linux paths are used and modes looked at.</remarks>
internal sealed class OwnFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly string _path;
    private readonly SafeFileHandle? _folder;

    private OwnFolder(string path, SafeFileHandle? folder) => (_path, _folder) = (path, folder);

    /// <summary>Opens a folder, and makes it (0700) where it does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="refusal">Why it is not used, with the numbers, or null.</param>
    /// <returns>Null where it is not this user's alone or cannot be made.</returns>
    public static OwnFolder? TryOpen(string path, out string? refusal)
    {
        try
        {
            refusal = null;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
                return new OwnFolder(path, null);
            }

            Directory.CreateDirectory(path, Private | UnixFileMode.UserExecute);
            return OperatingSystem.IsLinux() ? OpenOnLinux(path, out refusal) : OpenByPath(path, out refusal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            refusal = $"{path} cannot be made: {error.Message}";
            return null;
        }
    }

    /// <summary>Reads a file that is this user's alone.</summary>
    /// <returns>Null where there is none, where it may have been written by somebody else, or where it is longer than <paramref name="limitInBytes"/>.</returns>
    public byte[]? Read(string name, long limitInBytes)
    {
        using SafeFileHandle? file = Open(name);
        return file is null ? null : ReadAll(file, limitInBytes);
    }

    /// <summary>Opens a file whose bytes are <paramref name="content"/>, which is written first where it is not there.</summary>
    /// <returns>Null where it cannot be written.</returns>
    public SafeFileHandle? Place(string name, ReadOnlySpan<byte> content)
    {
        SafeFileHandle? file = Open(name);
        if (file is not null && ReadAll(file, content.Length) is { } there && content.SequenceEqual(there))
        {
            return file;
        }

        file?.Dispose();
        return TryWrite(name, content) ? Open(name) : null;
    }

    /// <summary>Writes a file, whole or not at all: under another name (0600), then renamed.</summary>
    public bool TryWrite(string name, ReadOnlySpan<byte> content)
    {
        string temporary = $".{Environment.ProcessId}-{Guid.NewGuid():N}";
        try
        {
            using (SafeFileHandle? file = Create(temporary))
            {
                if (file is null)
                {
                    return false;
                }

                RandomAccess.Write(file, content, 0);
            }

            if (_folder is not null)
            {
                return Posix.Rename(_folder, temporary, name);
            }

            File.Move(PathOf(temporary), PathOf(name), overwrite: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>Removes a file, where it is there.</summary>
    public void Remove(string name)
    {
        if (_folder is not null)
        {
            Posix.Remove(_folder, name);
            return;
        }

        File.Delete(PathOf(name));
    }

    public void Dispose() => _folder?.Dispose();

    private static OwnFolder? OpenOnLinux(string path, out string? refusal)
    {
        SafeFileHandle? folder = Posix.OpenFolder(path);
        refusal = folder is null
            ? $"{path} is a link or cannot be opened ({new Win32Exception(Marshal.GetLastPInvokeError()).Message})"
            : Posix.Facts(folder) is { } facts ? Refusal(path, facts) : $"{path} cannot be looked at";
        if (refusal is null)
        {
            return new OwnFolder(path, folder);
        }

        folder?.Dispose();
        return null;
    }

    private static string? Refusal(string path, FileFacts facts)
    {
        if (facts.Owner != Posix.User)
        {
            return $"{path} belongs to user {facts.Owner}, this is user {Posix.User}";
        }

        return facts.IsWritableByOthers ? $"{path} can be written by others (mode {facts.Permissions}; chmod 700 makes it this user's alone)" : null;
    }

    [UnsupportedOSPlatform("windows")]
    private static OwnFolder? OpenByPath(string path, out string? refusal)
    {
        refusal = new DirectoryInfo(path).LinkTarget is not null
            ? $"{path} is a link"
            : (File.GetUnixFileMode(path) & WritableByOthers) != 0 ? $"{path} can be written by others (chmod 700 makes it this user's alone)" : null;
        return refusal is null ? new OwnFolder(path, null) : null;
    }

    private SafeFileHandle? Open(string name)
    {
        if (_folder is null)
        {
            FileInfo file = new(PathOf(name));
            bool isOwn = file.Exists && file.LinkTarget is null && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file.FullName) & WritableByOthers) == 0);
            return isOwn ? File.OpenHandle(file.FullName) : null;
        }

        SafeFileHandle? opened = Posix.OpenBeneath(_folder, name, Posix.ReadOnly);
        if (opened is null || (Posix.Facts(opened) is { IsRegular: true, IsWritableByOthers: false, Names: 1 } facts && facts.Owner == Posix.User))
        {
            return opened;
        }

        opened.Dispose();
        return null;
    }

    private SafeFileHandle? Create(string name) => _folder is null
        ? File.OpenHandle(PathOf(name), FileMode.CreateNew, FileAccess.Write)
        : Posix.OpenBeneath(_folder, name, Posix.ReadWriteNew, Private);

    private static byte[]? ReadAll(SafeFileHandle file, long limitInBytes)
    {
        long length = RandomAccess.GetLength(file);
        if (length > limitInBytes)
        {
            return null;
        }

        byte[] content = new byte[length];
        int done = 0;
        while (done < content.Length && RandomAccess.Read(file, content.AsSpan(done), done) is > 0 and int read)
        {
            done += read;
        }

        return done == content.Length ? content : null;
    }

    private string PathOf(string name) => Path.Combine(_path, name);
}
