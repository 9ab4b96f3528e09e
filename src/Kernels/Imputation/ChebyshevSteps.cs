namespace CAManim.Native.Kernels.Imputation;

/// <summary>The factors of Chebyshev's iteration: new x = x + a (cycle(x) - x) + b (x - previous x).</summary>
/// <remarks>For a spectrum of [0.7, 1] of the cycle's preconditioned matrix.</remarks>
internal struct ChebyshevSteps
{
    // What one cycle leaves of the error: most masks stay below, and those that do not only take an iteration more.
    private const float Reduction = 0.3f;

    private const float Centre = 1 - (Reduction / 2);
    private const float Half = Reduction / 2;
    private const float Sigma = Centre / Half;

    private float _q;

    public ChebyshevSteps()
    {
    }

    /// <summary>Factor of the cycle's step.</summary>
    public float A { get; private set; } = 1 / Centre;

    /// <summary>Factor of the step before.</summary>
    public float B { get; private set; }

    /// <summary>Goes on to the next iteration.</summary>
    public void Next()
    {
        float before = B == 0 ? 1 / Sigma : _q;
        _q = 1 / ((2 * Sigma) - before);
        B = _q * before;
        A = 2 * _q / Half;
    }
}
