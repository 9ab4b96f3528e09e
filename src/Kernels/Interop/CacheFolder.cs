namespace CAManim.Native.Kernels.Interop;

/// <summary>The folder for files that can be made again: the patched loader library.</summary>
public static class CacheFolder
{
    /// <summary>Environment variable that overrides the folder.</summary>
    public const string Variable = "CAMANIM_CACHE";

    /// <summary>
    /// <c>$CAMANIM_CACHE</c>, else <c>$XDG_CACHE_HOME/camanim</c>, else <c>~/.cache/camanim</c>, else a folder of this user under the temporary files.
    /// </summary>
    public static IEnumerable<string> Candidates()
    {
        string? own = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(own))
        {
            yield return Path.GetFullPath(own);
            yield break;
        }

        string? shared = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!string.IsNullOrEmpty(shared))
        {
            yield return Path.Combine(shared, "camanim");
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (!string.IsNullOrEmpty(home))
        {
            yield return Path.Combine(home, ".cache", "camanim");
        }

        yield return Path.Combine(Path.GetTempPath(), $"camanim-{Environment.UserName}");
    }

    /// <summary>
    /// Puts <paramref name="content"/> into the first candidate folder that can be written, under <paramref name="name"/>, whole or not at all.
    /// A file that is already there with these bytes is left alone, so processes that start at once agree.
    /// </summary>
    /// <returns>Full path of the file.</returns>
    /// <exception cref="IOException">No candidate folder can be written.</exception>
    public static string Place(string name, ReadOnlySpan<byte> content)
    {
        Exception? last = null;
        foreach (string folder in Candidates())
        {
            string path = Path.Combine(folder, name);
            try
            {
                if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
                {
                    return path;
                }

                CreatePrivate(folder);
                string temporary = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
                try
                {
                    File.WriteAllBytes(temporary, content.ToArray());
                    File.Move(temporary, path, overwrite: true);
                }
                finally
                {
                    File.Delete(temporary);
                }

                return path;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                last = error;
            }
        }

        throw new IOException($"No cache folder can be written (tried {string.Join(", ", Candidates())}). Set {Variable} to a folder that can.", last);
    }

    // What lies here is loaded as code: nobody else may write to it.
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
