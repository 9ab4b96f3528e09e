using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.SelfTest;

/// <summary>One line of the table: computations of one kind, of which the worst counts.</summary>
/// <param name="Name">What is computed, in words.</param>
/// <param name="Type">In what type.</param>
/// <param name="Run">Computes, and gives the largest error and where it was; errors are relative to the largest value of the reference.</param>
internal sealed record SelfTestCase(string Name, ScalarType Type, Func<(double Error, string Where)> Run)
{
    // float32 is exact but where an algorithm transforms the image (Winograd); faults were 1e-3 and more.
    private const double Float32Limit = 1e-4;

    // The output is rounded to 8 bits, and once more where sums are kept narrow; faults were 0.5 and more.
    private const double BFloat16Limit = 0.03;

    /// <summary>What is tolerated.</summary>
    public double Limit => Type == ScalarType.BFloat16 ? BFloat16Limit : Float32Limit;
}
