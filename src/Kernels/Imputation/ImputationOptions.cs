namespace CAManim.Native.Kernels.Imputation;

/// <summary>When <see cref="LinearImputation"/> stops.</summary>
public sealed record ImputationOptions
{
    /// <summary>1e-4 in at most 40 iterations.</summary>
    public static ImputationOptions Default { get; } = new();

    /// <summary>Largest error of a pixel that is aimed for, in the image's own units; above 0.</summary>
    public float Tolerance { get; init; } = 1e-4f;

    /// <summary>Iterations after which a channel is given up, 1 or more. Natural masks need 4 to 8.</summary>
    public int MaximumIterations { get; init; } = 40;

    /// <summary>
    /// Whether to go on until a proven bound of the error, not an estimate, is within the tolerance. About twice the time; CPU only.
    /// </summary>
    public bool IsGuaranteed { get; init; }

    /// <summary>The implementation.</summary>
    public KernelVariant Variant { get; init; } = KernelVariant.Auto;
}
