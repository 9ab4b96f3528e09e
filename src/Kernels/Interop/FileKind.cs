namespace CAManim.Native.Kernels.Interop;

/// <summary>Whether a path leads to a file of bytes. What is read is read more than once and by its length, and what is written is renamed into place: pipes and devices can do neither.</summary>
public static class FileKind
{
    /// <summary>What a path leads to where it is neither a regular file nor nothing: "a folder", "a pipe (FIFO)", "a device", "a socket"; links are followed.</summary>
    /// <returns>Null for a regular file, for nothing, and where the system cannot say.</returns>
    public static string? Other(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return OperatingSystem.IsLinux() ? Posix.Facts(path)?.OtherKind : Directory.Exists(path) ? "a folder" : null;
    }

    /// <summary>Refuses to read what is no regular file: opening a pipe waits for a writer, and a device may never end.</summary>
    /// <param name="path">Where; nothing there is no fault here, opening says so better.</param>
    /// <exception cref="IOException">It is a folder, a pipe, a device or a socket.</exception>
    public static void CheckReadable(string path)
    {
        if (Other(path) is { } kind)
        {
            throw new IOException($"'{path}' is {kind}, not a file. {(kind is "a folder" ? "Name a file in it." : "What is read is read more than once: save it as a file first.")}");
        }
    }
}
