using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>XGradCAM: Fu et al. 2020, Axiom-based Grad-CAM, eq. 8.</summary>
/// <remarks>The constant 1e-7 is the peer's: it keeps dead channels finite.</remarks>
internal sealed class XGradCam() : WeightedMethod(Weighting.XGradCam)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.XGradCAM,
        Name = "XGradCAM",
        Formula = "S = sum_k w_k A_k, w_k = sum(G_k A_k)/(sum(A_k) + 1e-7)",
        Source = "Fu et al. 2020, Axiom-based Grad-CAM, eq. 8",
        NeedsGradient = true,
    };
}
