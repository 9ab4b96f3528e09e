namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>How far a system is, 16 bytes; a system that is done is left alone, so that its result does not depend on the others of its batch.</summary>
internal struct SystemStateGpu
{
    public const int Running = 0;
    public const int Done = 1;

    /// <summary>Known pixels hold NaN, infinity or too large a value.</summary>
    public const int Broken = 2;

    public int Status;
    public int Iterations;

    /// <summary>Largest change of the last iteration.</summary>
    public float Change;

    public float EstimatedError;
}
