namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>A line of the processor's self-test: computations of one kind, compared with the definition.</summary>
/// <param name="Type"><c>float32</c> or <c>bfloat16</c>.</param>
/// <param name="Name">What was computed.</param>
/// <param name="Error">Largest error relative to the largest value that was expected; infinite where a value was not finite or the process died.</param>
/// <param name="Limit">What is tolerated.</param>
/// <param name="Where">Where the largest error was; empty where there was none.</param>
public sealed record ProcessorCase(string Type, string Name, double Error, double Limit, string Where)
{
    /// <summary>Whether the error is within the limit.</summary>
    public bool IsRight => Error <= Limit;

    /// <summary>Whether it computes in bfloat16.</summary>
    public bool IsNarrow => Type == "bfloat16";
}
