namespace CAManim.Native.Kernels.Frames;

/// <summary>The implementations of <see cref="FrameKernel"/> on the processor; all give the same bytes.</summary>
public enum FrameVariant
{
    /// <summary>The widest that the processor runs.</summary>
    Best,

    /// <summary>One pixel at a time; runs everywhere.</summary>
    Scalar,

    /// <summary>256-bit vectors (AVX2).</summary>
    Vector256,

    /// <summary>512-bit vectors (AVX-512 BW).</summary>
    Vector512,
}
