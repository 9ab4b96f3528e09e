namespace CAManim.Native.Kernels.Interop;

/// <summary>What <see cref="TorchRuntime.Load"/> did.</summary>
public sealed record TorchRuntimeReport
{
    /// <summary>Folder of libtorch, or null where it was not found.</summary>
    public string? LibTorch { get; init; }

    /// <summary>Its version as its own files say, such as <c>2.10.0+cu128</c>; null where they say nothing.</summary>
    public string? LibTorchVersion { get; init; }

    /// <summary>Whether it has CUDA's part.</summary>
    public bool HasCuda { get; init; }

    /// <summary>What is to be known where the version is not the one that TorchSharp was built for, or null.</summary>
    public string? VersionNote { get; init; }

    /// <summary>TorchSharp's native library that was loaded: its full path, or that the copy is in memory; null where there is none.</summary>
    public string? Wrapper { get; init; }

    /// <summary>Whether <see cref="Wrapper"/> is a copy made to load with an older libstdc++.</summary>
    public bool IsPatched { get; init; }

    /// <summary>The allocator's settings, in words.</summary>
    public string Malloc { get; init; } = "";

    /// <summary>Why loading failed and what to do, or null.</summary>
    public string? Problem { get; init; }
}
