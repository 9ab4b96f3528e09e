using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Kernels.Interop;

/// <summary>A file with contents that were checked, held open: whoever opens <see cref="OpenPath"/> gets these bytes. The path is good until it is disposed.</summary>
public sealed class CachedFile : IDisposable
{
    private readonly SafeFileHandle _file;

    internal CachedFile(string name, string? path, SafeFileHandle file)
    {
        _file = file;
        Name = name;
        string open = Posix.PathOf(file);

        // Without /proc, and on systems that have none, only the name is left.
        OpenPath = OperatingSystem.IsLinux() && File.Exists(open) ? open : path ?? open;
    }

    /// <summary>Where it is, in words: its path, or that it is in memory.</summary>
    public string Name { get; }

    /// <summary>A path by which this process opens this very file.</summary>
    public string OpenPath { get; }

    /// <summary>Lets the file go; its name in the folder stays.</summary>
    public void Dispose() => _file.Dispose();
}
