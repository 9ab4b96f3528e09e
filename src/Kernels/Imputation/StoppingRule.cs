namespace CAManim.Native.Kernels.Imputation;

/// <summary>The estimate of the error that an iteration leaves, from what it changed.</summary>
internal static class StoppingRule
{
    /// <summary>change · q / (1 - q), q the observed reduction of the change, at least <see cref="ChebyshevSteps.Reduction"/>.</summary>
    /// <param name="change">The largest change of a pixel.</param>
    /// <param name="before">That of the iteration before; 0 on the first, which has nothing to be compared with.</param>
    /// <returns>The sum of the changes to come, were they a geometric series; infinite where they grow.</returns>
    public static float Estimate(float change, float before)
    {
        if (change == 0)
        {
            return 0;
        }

        float reduction = change / before;
        reduction = reduction > ChebyshevSteps.Reduction ? reduction : ChebyshevSteps.Reduction;
        return before > 0 && reduction < 1 ? change * reduction / (1 - reduction) : float.PositiveInfinity;
    }
}
