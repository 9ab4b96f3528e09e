using CAManim.Native.Engine.Methods.Components;

namespace CAManim.Native.Engine.Methods;

/// <summary>SegEigenCAM: Chung and Ying 2025, "Seg-Eigen-CAM" (Applied Sciences 15(13), 7562), eq. 10 to 13.</summary>
/// <remarks>No deviation: |G| A (eq. 10), its first component (eq. 11 and 12), turned so that the largest magnitude is positive (eq. 13).</remarks>
internal sealed class SegEigenCam() : EigenMethod(GradientFactor.Magnitude)
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.SegEigenCAM,
        Name = "SegEigenCAM",
        Formula = "S = (|G| A)^T v, v the first principal component of the centred channels of |G| A",
        Source = "Chung and Ying 2025, Seg-Eigen-CAM, eq. 10 to 13",
        NeedsGradient = true,
    };

    protected override void ChooseSign(Span<float> projection, ReadOnlySpan<float> strength) => ComponentSign.LargestPositive(projection);
}
