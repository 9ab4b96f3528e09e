using CAManim.Native.Cli.Errors;

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
    /// <param name="path">Where it will be; its folder must exist.</param>
    /// <returns>Where to write it; same name, same file system.</returns>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public string AddFile(string path)
    {
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new IOException($"'{path}' is a folder. Name a file in it.");
        }

        return Add(target, Path.GetDirectoryName(target)!, isFolder: false);
    }

    /// <summary>Prepares a folder of files; where it exists, the files will be put into it.</summary>
    /// <returns>A folder to write them into.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string AddFolder(string path)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target))
        {
            throw new IOException($"'{path}' is a file. Name a folder for the frames.");
        }

        string staged = Add(target, Directory.Exists(target) ? target : Path.GetDirectoryName(target)!, isFolder: true);
        Directory.CreateDirectory(staged);
        return staged;
    }

    /// <summary>Renames all outputs to their places.</summary>
    /// <exception cref="IOException">A place cannot be written; those that were new are removed again.</exception>
    public void Commit()
    {
        List<string> made = [];
        try
        {
            foreach ((string staged, string target) in _outputs.SelectMany(Files))
            {
                bool isNew = !File.Exists(target);
                File.Move(staged, target, overwrite: true);
                if (isNew)
                {
                    made.Add(target);
                }
            }
        }
        catch
        {
            made.ForEach(File.Delete);
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

    private static IEnumerable<(string Staged, string Target)> Files((string Staged, string Target, bool IsFolder) output)
    {
        if (!output.IsFolder)
        {
            return [(output.Staged, output.Target)];
        }

        Directory.CreateDirectory(output.Target);
        return [.. Directory.EnumerateFiles(output.Staged).Order(StringComparer.Ordinal).Select(f => (f, Path.Combine(output.Target, Path.GetFileName(f))))];
    }
}
