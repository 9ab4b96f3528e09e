using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;

namespace CAManim.Native.Engine.Methods;

/// <summary>Finer-CAM: Zhang et al. 2025, "Finer-CAM: Spotting the Difference Reveals Finer Details for Visual Explanation" (arXiv 2501.11309): another method that explains y_c - alpha y_d instead of y_c.</summary>
/// <remarks>
/// <para>d runs over the <see cref="CamOptions.FinerClasses"/> classes whose logits are nearest to y_c, each with its softmax score p_d as
/// the weight: y = sum_d p_d (y_c - alpha y_d) / sum_d p_d, the authors' program's way to take several. The base method is
/// <see cref="CamOptions.Base"/>, GradCAM if that is null. Targets other than one class (contrasts, sums, functions) stay as they are.</para>
/// <para>The weights are those of the unchanged image and have no gradient; <see cref="Compatibility.Reference"/>: they are part of what is
/// differentiated, and 1e-9 is added to their sum, as in pytorch-grad-cam.</para>
/// </remarks>
internal sealed class FinerCam : DerivedMethod
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.FinerCAM,
        Name = "FinerCAM",
        Formula = "the base method (GradCAM) of y = sum_d p_d (y_c - alpha y_d)/sum_d p_d, d the 3 classes nearest to c, p their softmax scores",
        Source = "Zhang et al. 2025, Finer-CAM (arXiv 2501.11309)",
        NeedsGradient = true,
        IsMadeOfOthers = true,
        Deviations = "the weights p are differentiated too; paper mode: they are constants",
    };

    public override IReadOnlyList<CamMethod> Components(CamOptions options) => [options.Base ?? CamMethod.GradCAM];

    public override Target Retarget(Target target, CamOptions options) =>
        Target.Finer(target, options.FinerStrength, options.FinerClasses, hasGradientOfWeights: options.Compatibility == Compatibility.Reference);

    public override CamResult Combine(IReadOnlyList<CamResult> components, CamOptions options) => components[0];
}
