namespace CAManim.Native.Kernels.Imputation;

/// <summary>What a solve did.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="RemovedPixels">Number of removed pixels.</param>
/// <param name="Iterations">Iterations of the channel that took most.</param>
/// <param name="EstimatedError">Estimated largest error of a pixel, over the channels.</param>
public readonly record struct ImputationResult(ImputationStatus Status, int RemovedPixels, int Iterations, float EstimatedError)
{
    /// <summary>
    /// What no pixel's error exceeds, rounding included; infinite where that was not asked for (<see cref="ImputationOptions.IsGuaranteed"/>).
    /// </summary>
    public float ErrorBound { get; init; } = float.PositiveInfinity;
}
