using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Engine.Methods;

/// <summary>LayerCAM: Jiang et al. 2021, LayerCAM, eq. 5 and 6.</summary>
/// <remarks>No deviation.</remarks>
internal sealed class LayerCam() : WeightedMethod(Weighting.LayerCam)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.LayerCAM,
        Name = "LayerCAM",
        Formula = "S = sum_k relu(G_k) A_k",
        Source = "Jiang et al. 2021, LayerCAM, eq. 5 and 6",
        NeedsGradient = true,
    };
}
