namespace CAManim.Native.Kernels.Tests.Accelerators;

/// <summary>What the kernels are tested on.</summary>
public enum TestDevice
{
    /// <summary>ILGPU's emulator: the kernels' IL.</summary>
    Emulator,

    /// <summary>The interpreter: the kernels' PTX, every operation rounded by itself.</summary>
    Ptx,

    /// <summary>The interpreter with products and sums fused wherever a compiler may.</summary>
    PtxContracted,

    /// <summary>A card.</summary>
    Cuda,
}
