namespace CAManim.Native.Kernels.Accelerators;

/// <summary>The cards of this machine, or why there is none to be used.</summary>
public sealed record CudaReport
{
    /// <summary>The cards, in the driver's order.</summary>
    public IReadOnlyList<AcceleratorInfo> Devices { get; init; } = [];

    /// <summary>The newest CUDA that the driver supports, such as <c>12.4</c>; null where it does not start.</summary>
    public string? DriverVersion { get; init; }

    /// <summary>Why there is no card, and what to do; null where there is one.</summary>
    public string? Problem { get; init; }
}
