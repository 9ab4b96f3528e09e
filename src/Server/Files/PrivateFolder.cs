namespace CAManim.Native.Server.Files;

/// <summary>A folder in the temporary folder that only this user can enter, and that goes with the process: what a killed one left is removed by the next.</summary>
/// <remarks>Whether its process lives is seen by a lock that the system gives back, however a process ends.</remarks>
/// <param name="within">Where; null: the system's temporary folder.</param>
internal sealed class PrivateFolder(string? within = null) : IDisposable
{
    private const string Prefix = "camanim-server-";
    private const string LockName = "lock";
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Between the making of a folder and that of its lock.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    private readonly Lock _making = new();
    private FileStream? _lock;
    private string? _path;

    /// <summary>Where it is; made when it is asked for first.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string Path
    {
        get
        {
            lock (_making)
            {
                return _path ??= Make(within ?? System.IO.Path.GetTempPath());
            }
        }
    }

    /// <summary>Takes a file from all others.</summary>
    public static void MakePrivate(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, OwnersFile);
        }
    }

    /// <summary>Removes it with all that is in it.</summary>
    public void Dispose()
    {
        lock (_making)
        {
            _lock?.Dispose();
            if (_path is not null)
            {
                Remove(_path);
            }
        }
    }

    private string Make(string parent)
    {
        RemoveLeftovers(parent);
        string path = System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnersFolder);
            }

            _lock = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            return path;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{parent} cannot be written: {error.Message} Set TMPDIR to a folder that this user may write to.", error);
        }
    }

    private static void RemoveLeftovers(string parent)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                if (IsAbandoned(folder))
                {
                    Remove(folder);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Another user's, at work, or gone meanwhile.
            }
        }
    }

    private static bool IsAbandoned(string path)
    {
        DirectoryInfo folder = new(path);
        if (folder.LinkTarget is not null || (!OperatingSystem.IsWindows() && folder.UnixFileMode != OwnersFolder))
        {
            return false;
        }

        string lockFile = System.IO.Path.Combine(path, LockName);
        if (!File.Exists(lockFile))
        {
            return DateTime.UtcNow - folder.CreationTimeUtc > Young;
        }

        using FileStream taken = new(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        return true;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was quicker.
        }
    }
}
