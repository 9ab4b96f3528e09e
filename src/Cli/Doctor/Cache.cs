using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Cli.Doctor;

/// <summary>The folder for files that can be made again.</summary>
internal static class Cache
{
    public static Finding Check() => CacheFolder.Find(out IReadOnlyList<string> refusals) is { } folder
        ? new Finding("cache", FindingState.Ok, refusals.Count == 0 ? folder : $"{folder}; not used: {string.Join("; ", refusals)}")
        : new Finding("cache", FindingState.Note, $"kept in memory; not used: {string.Join("; ", refusals)}", $"Set {CacheFolder.Variable} to a folder of this user that nobody else can write to, and the tool starts a little faster.");
}
