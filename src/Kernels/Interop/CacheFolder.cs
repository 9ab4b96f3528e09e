using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Kernels.Interop;

/// <summary>
/// The folder for small files that can be made again: the patched loader library, the demo networks' weights, what was found out about this machine.
/// Only a folder and files that are this user's alone are believed (docs/security.md); nothing needs them to be there.
/// </summary>
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
            yield return Path.GetFullPath(Path.Combine(shared, "camanim"));
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (!string.IsNullOrEmpty(home))
        {
            yield return Path.Combine(home, ".cache", "camanim");
        }

        yield return Path.Combine(Path.GetTempPath(), $"camanim-{Environment.UserName}");
    }

    /// <summary>The folder that is used, made where it did not exist.</summary>
    /// <param name="refusals">Why those before it are not used; all of them where it is null.</param>
    /// <returns>Null where no candidate is this user's alone and writable: files are kept in memory then.</returns>
    public static string? Find(out IReadOnlyList<string> refusals)
    {
        List<string> refused = [];
        refusals = refused;
        foreach (string candidate in Candidates())
        {
            using OwnFolder? folder = OwnFolder.TryOpen(candidate, out string? refusal);
            string probe = $".probe-{Guid.NewGuid():N}";
            if (folder is not null && folder.TryWrite(probe, []))
            {
                folder.Remove(probe);
                return candidate;
            }

            refused.Add(refusal ?? $"{candidate} cannot be written");
        }

        return null;
    }

    /// <summary>Reads a small file.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <param name="limitInBytes">Longer ones are not read.</param>
    /// <returns>The whole of it; null where there is none that this user alone can have written. Never throws for what is on the disk.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no plain name.</exception>
    public static byte[]? Read(string name, int limitInBytes = 1 << 20)
    {
        CheckName(name);
        foreach (string candidate in Candidates())
        {
            using OwnFolder? folder = OwnFolder.TryOpen(candidate, out _);
            if (folder?.Read(name, limitInBytes) is { } content)
            {
                return content;
            }
        }

        return null;
    }

    /// <summary>Writes a small file into the first candidate that takes it, whole or not at all; what was under the name is replaced. Processes may do so at once: one's bytes stay, unmixed.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>Whether it was written; a cache that cannot be written is no fault.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no plain name.</exception>
    public static bool TryWrite(string name, ReadOnlySpan<byte> content)
    {
        CheckName(name);
        foreach (string candidate in Candidates())
        {
            using OwnFolder? folder = OwnFolder.TryOpen(candidate, out _);
            if (folder is not null && folder.TryWrite(name, content))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A file with these bytes that can be opened by path: in the first candidate folder that takes it, whole or not at all (one that is there
    /// with these bytes is left alone, so processes that start at once agree), else in memory (Linux) or in a folder of this process that is removed at its end.
    /// </summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>The file, held open. Dispose it when nobody opens its path any more.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no plain name.</exception>
    /// <exception cref="IOException">Not even the last resort can be written.</exception>
    public static CachedFile Place(string name, ReadOnlySpan<byte> content)
    {
        CheckName(name);
        foreach (string candidate in Candidates())
        {
            using OwnFolder? folder = OwnFolder.TryOpen(candidate, out _);
            if (folder?.Place(name, content) is { } file)
            {
                string path = Path.Combine(candidate, name);
                return new CachedFile(path, path, file);
            }
        }

        return PlaceForThisProcess(name, content);
    }

    /// <summary>As <see cref="Place"/>, without looking for a folder: for a file that a folder's disk does not let run.</summary>
    internal static CachedFile PlaceForThisProcess(string name, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsLinux() && Posix.OpenMemory(name) is { } memory)
        {
            CachedFile cached = new($"{name} in memory", null, memory);
            if (File.Exists(cached.OpenPath))
            {
                RandomAccess.Write(memory, content, 0);
                Posix.Seal(memory);
                return cached;
            }

            cached.Dispose();
        }

        // 0700 and a name that nobody can foretell.
        string folder = Directory.CreateTempSubdirectory("camanim-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return new CachedFile(path, path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
    }

    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name != Path.GetFileName(name) || name is "." or "..")
        {
            throw new ArgumentException($"'{name}' is no name of a file in the cache folder. Leave folders out.", nameof(name));
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process ends; there is nobody to tell.
        }
    }
}
