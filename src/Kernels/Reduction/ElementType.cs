namespace CAManim.Native.Kernels.Reduction;

/// <summary>What a tensor on a device holds.</summary>
public enum ElementType
{
    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a single.</summary>
    BFloat16,
}
