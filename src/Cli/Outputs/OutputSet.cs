using CAManim.Native.Cli.Errors;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Cli.Outputs;

/// <summary>
/// The outputs of a run: written into hidden folders beside their places, then all renamed. Each appears whole or not at all,
/// and none where the run fails; what was there before is replaced only then.
/// </summary>
internal sealed class OutputSet : IDisposable
{
    private readonly Dictionary<string, StagingFolder> _folders = new(StringComparer.Ordinal);
    private readonly List<(string Staged, string Target, bool IsFolder)> _outputs = [];
    private readonly Lock _lock = new();
    private bool _isDisposed;

    /// <summary>Prepares a file.</summary>
    /// <param name="path">Where it will be; its folder must exist. A link is followed: what it points to is replaced.</param>
    /// <returns>Where to write it; same name, same file system.</returns>
    /// <exception cref="IOException">The folder is missing or cannot be written, or a folder, a pipe or a device is there.</exception>
    public string AddFile(string path)
    {
        string target = OutputPlace.Resolve(path);
        return Add(target, Path.GetDirectoryName(target)!, isFolder: false);
    }

    /// <summary>Prepares a folder of files; where it exists, the files will be put into it.</summary>
    /// <returns>A folder to write them into.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string AddFolder(string path)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target) || FileKind.Other(target) is not (null or "a folder"))
        {
            throw new IOException($"'{path}' is {FileKind.Other(target) ?? "a file"}. Name a folder for the frames.");
        }

        string staged = Add(target, Directory.Exists(target) ? target : Path.GetDirectoryName(target)!, isFolder: true);
        Directory.CreateDirectory(staged);
        return staged;
    }

    /// <summary>Renames all outputs to their places: all, or none.</summary>
    /// <exception cref="IOException">A place cannot be written; what was there before stays or is put back, and what was new is removed again.</exception>
    public void Commit()
    {
        Replacement replacement = new();
        try
        {
            foreach ((string staged, string target, bool isFolder) in _outputs)
            {
                if (isFolder)
                {
                    replacement.FillFolder(staged, target);
                }
                else
                {
                    replacement.Replace(staged, target);
                }
            }
        }
        catch
        {
            replacement.Undo();
            throw;
        }
    }

    /// <summary>A message about a staged file, in the words of its place.</summary>
    public string InWordsOfTargets(string message)
    {
        foreach ((string staged, string target, _) in _outputs)
        {
            message = message.Replace(staged, target, StringComparison.Ordinal);
        }

        foreach ((string folder, StagingFolder staging) in _folders)
        {
            message = message.Replace(staging.Path, folder, StringComparison.Ordinal);
        }

        return message;
    }

    /// <summary>Removes what was not committed; any thread.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                foreach (StagingFolder folder in _folders.Values)
                {
                    folder.Dispose();
                }
            }
        }
    }

    private string Add(string target, string folder, bool isFolder)
    {
        if (_outputs.Any(o => o.Target == target))
        {
            throw new UsageException($"Two outputs have the same name, {target}. Give each its own.");
        }

        if (!_folders.TryGetValue(folder, out StagingFolder? staging))
        {
            staging = new StagingFolder(folder);
            _folders.Add(folder, staging);
        }

        string staged = Path.Combine(staging.Path, Path.GetFileName(target));
        _outputs.Add((staged, target, isFolder));
        return staged;
    }
}
