using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>
/// Division of integers. The processor traps on two cases and libtorch hands them to it: a divisor of 0, refused here, and the smallest
/// integer divided by -1, which is answered without dividing (it wraps, as the negation does).
/// </summary>
internal static class IntegerDivision
{
    /// <summary>Towards zero.</summary>
    public static Tensor Quotient(Arguments inputs, Tensor a, Tensor b)
    {
        if (inputs.IsPlan)
        {
            return inputs.Planned(inputs.Broadcast(a.shape, b.shape), ScalarType.Int64);
        }

        (Tensor isNegation, Tensor divisor) = Divisor(inputs, b);
        Tensor dividend = a.to(ScalarType.Int64);
        return where(isNegation, dividend.neg(), dividend.div(divisor, RoundingMode.trunc));
    }

    /// <summary>With the divisor's sign, or the dividend's.</summary>
    public static Tensor Remainder(Arguments inputs, Tensor a, Tensor b, bool isDividends)
    {
        if (inputs.IsPlan)
        {
            return inputs.Planned(inputs.Broadcast(a.shape, b.shape), ScalarType.Int64);
        }

        // By 1 nothing is left, as by -1.
        Tensor divisor = Divisor(inputs, b).Divisor;
        Tensor dividend = a.to(ScalarType.Int64);
        return isDividends ? dividend.fmod(divisor) : dividend.remainder(divisor);
    }

    /// <summary>Where the divisor is -1, and the divisor with 1 in these places.</summary>
    private static (Tensor IsNegation, Tensor Divisor) Divisor(Arguments inputs, Tensor b)
    {
        Tensor divisor = b.to(ScalarType.Int64);
        if (divisor.eq(Numbers.Zero).any().item<bool>())
        {
            throw inputs.Node.Refuse("an integer that is divided by 0");
        }

        Tensor isNegation = divisor.eq(Numbers.MinusOne);
        return (isNegation, divisor.masked_fill(isNegation, Numbers.One));
    }
}
