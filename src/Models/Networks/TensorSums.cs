using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks;

/// <summary>Sums and products whose numbers stay alive.</summary>
/// <remarks>
/// TorchSharp wraps every number of a call, and the factor 1 of a plain <c>a + b</c>, in an object with a finaliser and does not keep it
/// alive: a garbage collection on another thread frees it while libtorch still reads it. Numbers that live as long as the program are safe.
/// </remarks>
internal static class TensorSums
{
    private static readonly Scalar One = 1;
    private static readonly Scalar Sixteen = 16;
    private static readonly Scalar LogOfHundred = Math.Log(100);

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>16 a.</summary>
    public static Tensor TimesSixteen(this Tensor a) => a.mul(Sixteen);

    /// <summary>min(a, log 100).</summary>
    public static Tensor AtMostLogOfHundred(this Tensor a) => a.clamp_max(LogOfHundred);
}
