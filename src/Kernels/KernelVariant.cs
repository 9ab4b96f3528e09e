namespace CAManim.Native.Kernels;

/// <summary>Which implementation of an operation runs on the CPU.</summary>
/// <remarks>
/// Every variant runs on every machine: a width that the processor lacks is emulated by the runtime, slowly.
/// Variants of one operation give the same bits unless the operation says otherwise.
/// </remarks>
public enum KernelVariant
{
    /// <summary>The widest variant that this processor has hardware for.</summary>
    Auto,

    /// <summary>Plain loops over floats.</summary>
    Scalar,

    /// <summary>256-bit vectors (AVX2; on Arm64 pairs of 128-bit vectors).</summary>
    Vector256,

    /// <summary>512-bit vectors (AVX-512).</summary>
    Vector512,
}
