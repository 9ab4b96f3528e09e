namespace CAManim.Native.Kernels.Interop;

/// <summary>Where an output really goes: written beside its place and renamed, which a link, a pipe or a device at that place would not survive.</summary>
public static class OutputPlace
{
    /// <summary>The full path of the file that <paramref name="path"/> leads to: a link is followed, so that it stays and what it points to is replaced.</summary>
    /// <returns>Where nothing is yet, the path itself, or the place that a dangling link points to.</returns>
    /// <exception cref="IOException">A folder, a pipe, a device or a socket is there, or links lead in a circle.</exception>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (FileKind.Other(path) is { } kind)
        {
            throw new IOException(kind is "a folder"
                ? $"'{path}' is a folder. Name a file in it."
                : $"'{path}' is {kind}. Outputs are files that appear when they are whole: name a file.");
        }

        FileInfo file = new(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>Gives a finished file the permissions of the one that it replaces, so that what was private stays so; where none is replaced, nothing.</summary>
    public static void KeepMode(string replaced, string finished)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(replaced))
        {
            File.SetUnixFileMode(finished, File.GetUnixFileMode(replaced));
        }
    }
}
