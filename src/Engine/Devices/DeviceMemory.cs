using System.Runtime.InteropServices;

namespace CAManim.Native.Engine.Devices;

/// <summary>Tells a full memory from other errors of libtorch, which have no kind of their own.</summary>
internal static class DeviceMemory
{
    /// <summary>Whether libtorch ran out of a card's memory ("CUDA out of memory") or of the host's ("can't allocate memory").</summary>
    public static bool IsExhausted(ExternalException error) =>
        error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);
}
