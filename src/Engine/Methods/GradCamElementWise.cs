using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>GradCAMElementWise: pytorch-grad-cam.</summary>
/// <remarks>It has no paper; the formula is the peer's.</remarks>
internal sealed class GradCamElementWise() : WeightedMethod(Weighting.ElementWise)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.GradCAMElementWise,
        Name = "GradCAMElementWise",
        Formula = "S = sum_k relu(G_k A_k)",
        Source = "pytorch-grad-cam",
        NeedsGradient = true,
    };
}
