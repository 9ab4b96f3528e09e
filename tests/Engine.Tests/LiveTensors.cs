using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>The number of live tensors of the process.</summary>
internal static class LiveTensors
{
    /// <summary>Counts after what earlier tests left to the collector is gone.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
