using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>HiResCAM: Draelos and Carin 2020, Use HiResCAM instead of Grad-CAM, eq. 3.</summary>
/// <remarks>No deviation.</remarks>
internal sealed class HiResCam() : WeightedMethod(Weighting.HiResCam)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.HiResCAM,
        Name = "HiResCAM",
        Formula = "S = sum_k G_k A_k",
        Source = "Draelos and Carin 2020, Use HiResCAM instead of Grad-CAM, eq. 3",
        NeedsGradient = true,
    };
}
