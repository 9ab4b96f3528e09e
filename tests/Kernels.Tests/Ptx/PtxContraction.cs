namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>Whether a product and a sum without a rounding of their own (<c>mul.f32</c>, <c>add.f32</c>) become one fused operation, as the driver's compiler may make them.</summary>
internal enum PtxContraction
{
    /// <summary>Each rounds by itself.</summary>
    None,

    /// <summary>Fused; where both addends are products, with the first one.</summary>
    First,

    /// <summary>Fused; where both addends are products, with the second one.</summary>
    Second,
}
