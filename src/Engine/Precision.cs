namespace CAManim.Native.Engine;

/// <summary>What a network computes in. Maps, masks and images are float32 in any case.</summary>
public enum Precision
{
    /// <summary>As the network is.</summary>
    Float32,

    /// <summary>
    /// Convolutions and matrix products in bfloat16, what needs more in float32: libtorch's autocast. Faster on processors and GPUs that
    /// multiply bfloat16, slower on others; scores change in the third digit.
    /// </summary>
    BFloat16,
}
