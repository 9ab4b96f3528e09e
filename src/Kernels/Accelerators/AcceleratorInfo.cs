namespace CAManim.Native.Kernels.Accelerators;

/// <summary>One device, as <c>doctor</c> lists it.</summary>
public sealed record AcceleratorInfo
{
    /// <summary>Place among the devices of its kind, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The driver's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required AcceleratorKind Kind { get; init; }

    /// <summary>Memory of the device.</summary>
    public required long MemoryInBytes { get; init; }

    /// <summary>Streaming multiprocessors.</summary>
    public required int Multiprocessors { get; init; }

    /// <summary>Threads that run in step.</summary>
    public required int WarpSize { get; init; }

    /// <summary>Compute capability such as <c>9.0</c>, or null where it is no CUDA device.</summary>
    public string? ComputeCapability { get; init; }
}
