using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Pipeline;

/// <summary>How images reach the network.</summary>
/// <param name="BatchSize">Images a forward.</param>
internal sealed record PipelineOptions(int BatchSize)
{
    /// <summary>Whether the next batch is written while the network works on this one; null to choose.</summary>
    public bool? IsOverlapping { get; init; }

    /// <summary>Threads that write, 1 or more; null to choose.</summary>
    public int? Writers { get; init; }

    /// <summary>What the network computes in.</summary>
    public Precision Precision { get; init; }

    /// <summary>The same with nothing left to choose.</summary>
    /// <param name="device">Where the network is.</param>
    /// <remarks>
    /// libtorch's threads share a layer's work in equal parts: one that has to give way to a writer lets all others wait. So where it
    /// takes every processor, all of them write first and compute then.
    /// </remarks>
    public PipelineOptions Choose(Device device)
    {
        int spare = device.type == DeviceType.CPU ? Environment.ProcessorCount - get_num_threads() : Environment.ProcessorCount;
        bool isOverlapping = IsOverlapping ?? spare > 0;
        return this with { IsOverlapping = isOverlapping, Writers = Writers ?? (isOverlapping ? Math.Max(1, spare) : Environment.ProcessorCount) };
    }
}
