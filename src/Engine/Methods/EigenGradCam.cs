using CAManim.Native.Engine.Methods.Components;

namespace CAManim.Native.Engine.Methods;

/// <summary>EigenGradCAM: EigenCAM of G A, as in pytorch-grad-cam.</summary>
/// <remarks>It has no paper. The sign is that of the correlation with the mean of |G A| over the channels; the peer's is arbitrary.</remarks>
internal sealed class EigenGradCam() : EigenMethod(GradientFactor.Signed)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.EigenGradCAM,
        Name = "EigenGradCAM",
        Formula = "S = (G A)^T v, v the first principal component of the centred channels of G A",
        Source = "pytorch-grad-cam, after Muhammad and Yeasin 2020",
        NeedsGradient = true,
        Deviations = "the peer's sign is arbitrary; here it is fixed in both modes",
    };
}
