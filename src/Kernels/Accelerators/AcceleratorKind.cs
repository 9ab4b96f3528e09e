namespace CAManim.Native.Kernels.Accelerators;

/// <summary>What runs ILGPU's kernels.</summary>
public enum AcceleratorKind
{
    /// <summary>ILGPU's emulator on the CPU: for tests, far slower than the SIMD variants.</summary>
    Emulator,

    /// <summary>An NVIDIA card through CUDA.</summary>
    Cuda,
}
