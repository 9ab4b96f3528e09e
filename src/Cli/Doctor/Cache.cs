using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Cli.Doctor;

/// <summary>The folder for files that can be made again.</summary>
internal static class Cache
{
    public static Finding Check()
    {
        foreach (string folder in CacheFolder.Candidates())
        {
            if (IsWritable(folder))
            {
                return new Finding("cache", FindingState.Ok, folder);
            }
        }

        return new Finding("cache", FindingState.Note, $"no folder can be written (tried {string.Join(", ", CacheFolder.Candidates())})", $"Set {CacheFolder.Variable} to a folder that can, if libtorch does not load.");
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
                return true;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
