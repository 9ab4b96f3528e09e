using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>GradCAM: Selvaraju et al. 2017, Grad-CAM, eq. 1 and 2.</summary>
/// <remarks>No deviation; ReLU is applied to the sum, as in the paper.</remarks>
internal sealed class GradCam() : WeightedMethod(Weighting.GradCam)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.GradCAM,
        Name = "GradCAM",
        Formula = "S = sum_k mean(G_k) A_k",
        Source = "Selvaraju et al. 2017, Grad-CAM, eq. 1 and 2",
        NeedsGradient = true,
    };
}
