using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine;

/// <summary>Arithmetic of tensors whose numbers stay alive.</summary>
/// <remarks>
/// TorchSharp hands the hidden number of a plain a + b (its factor 1), of a * 2 or of fill_(0) to native code as an address only: a garbage
/// collection on another thread may free it before it is read. Every number here is held until the call is over.
/// </remarks>
internal static class KeptScalars
{
    private static readonly Scalar One = 1;
    private static readonly Scalar MinusOne = -1;

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a - b.</summary>
    public static Tensor Minus(this Tensor a, Tensor b) => a.add(b, MinusOne);

    /// <summary>a + number.</summary>
    public static Tensor Plus(this Tensor a, float number)
    {
        using Scalar kept = number;
        return a.add(kept);
    }

    /// <summary>a · number.</summary>
    public static Tensor Times(this Tensor a, double number)
    {
        using Scalar kept = number;
        return a.mul(kept);
    }

    /// <summary>Sets every element.</summary>
    public static void Fill(this Tensor a, float number)
    {
        using Scalar kept = number;
        a.fill_(kept);
    }
}
