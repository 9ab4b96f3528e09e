using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>GradCAM++: Chattopadhay et al. 2018, Grad-CAM++, eq. 19.</summary>
/// <remarks>The constant 1e-6 is the peer's: it keeps the quotient finite where the denominator cancels.</remarks>
internal sealed class GradCamPlusPlus() : WeightedMethod(Weighting.GradCamPlusPlus)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.GradCAMPlusPlus,
        Name = "GradCAM++",
        Formula = "S = sum_k w_k A_k, w_k = sum relu(G_k) a, a = G²/(2G² + sum(A_k) G³ + 1e-6), 0 where G = 0",
        Source = "Chattopadhay et al. 2018, Grad-CAM++, eq. 19",
        NeedsGradient = true,
    };
}
