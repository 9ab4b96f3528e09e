namespace CAManim.Native.Kernels.Imputation;

/// <summary>Whether the system has a right-hand side besides the known pixels; known when the code is compiled, so that none costs nothing.</summary>
internal interface ISource
{
    static abstract bool IsThere { get; }
}
