using CAManim.Native.Engine.Methods.Components;

namespace CAManim.Native.Engine.Methods;

/// <summary>EigenCAM: Muhammad and Yeasin 2020, "Eigen-CAM: Class Activation Map using Principal Components", eq. 2.</summary>
/// <remarks>
/// The channels are centred, as in pytorch-grad-cam; the paper does not say. The sign, which the paper and the peer leave to the
/// decomposition, is that of the correlation with the mean of |A| over the channels. The map does not depend on the target.
/// </remarks>
internal sealed class EigenCam() : EigenMethod(GradientFactor.None)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.EigenCAM,
        Name = "EigenCAM",
        Formula = "S = A^T v, v the first principal component of the centred channels of A",
        Source = "Muhammad and Yeasin 2020, Eigen-CAM, eq. 2",
        IsClassDiscriminative = false,
        Deviations = "the peer's sign is arbitrary; here it is fixed in both modes",
    };
}
