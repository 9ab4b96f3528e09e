using System.Runtime.Intrinsics;

namespace CAManim.Native.Kernels;

/// <summary>Resolves <see cref="KernelVariant.Auto"/>.</summary>
internal static class KernelVariants
{
    /// <summary>The variant to run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration.</exception>
    public static KernelVariant Resolve(KernelVariant variant) => variant switch
    {
        KernelVariant.Auto when Vector512.IsHardwareAccelerated => KernelVariant.Vector512,

        // Without 256-bit hardware (Arm64) the runtime maps each 256-bit operation to two 128-bit ones.
        KernelVariant.Auto when Vector128.IsHardwareAccelerated => KernelVariant.Vector256,
        KernelVariant.Auto => KernelVariant.Scalar,
        KernelVariant.Scalar or KernelVariant.Vector256 or KernelVariant.Vector512 => variant,
        _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "Not a kernel variant. Use Auto, Scalar, Vector256 or Vector512."),
    };
}
