using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Arithmetic element by element, with broadcasting.</summary>
internal static class Arithmetic
{
    public static Operation Add(OnnxNode node) => Binary((a, b) => a.add(b, Numbers.One));

    public static Operation Sub(OnnxNode node) => Binary((a, b) => a.add(b, Numbers.MinusOne));

    public static Operation Mul(OnnxNode node) => Binary((a, b) => a.mul(b));

    /// <summary>Integers are divided towards zero, as ONNX's runtimes do.</summary>
    public static Operation Div(OnnxNode node) => Binary((inputs, a, b) => IsFloating(a, b) ? a.div(b) : IntegerDivision.Quotient(inputs, a, b));

    /// <summary>The sign is the divisor's, or with fmod the dividend's.</summary>
    public static Operation Mod(OnnxNode node)
    {
        bool isDividends = node.Integer("fmod", 0) != 0;
        return Binary((inputs, a, b) => !IsFloating(a, b) ? IntegerDivision.Remainder(inputs, a, b, isDividends) : isDividends ? a.fmod(b) : a.remainder(b));
    }

    public static Operation Pow(OnnxNode node) => Binary((a, b) => a.pow(b));

    public static Operation Min(OnnxNode node) => Many((a, b) => a.minimum(b));

    public static Operation Max(OnnxNode node) => Many((a, b) => a.maximum(b));

    public static Operation Sum(OnnxNode node) => Many((a, b) => a.add(b, Numbers.One));

    public static Operation Sqrt(OnnxNode node) => inputs => inputs[0].sqrt();

    public static Operation Reciprocal(OnnxNode node) => inputs => inputs[0].reciprocal();

    public static Operation Exp(OnnxNode node) => inputs => inputs[0].exp();

    public static Operation Log(OnnxNode node) => inputs => inputs[0].log();

    public static Operation Erf(OnnxNode node) => inputs => inputs[0].erf();

    public static Operation Neg(OnnxNode node) => inputs => inputs[0].neg();

    public static Operation Abs(OnnxNode node) => inputs => inputs.IsPlan ? inputs.Planned(inputs[0].shape, inputs[0].dtype) : inputs[0].abs();

    public static Operation Floor(OnnxNode node) => inputs => inputs[0].floor();

    public static Operation Ceil(OnnxNode node) => inputs => inputs[0].ceil();

    private static bool IsFloating(Tensor a, Tensor b) => a.is_floating_point() || b.is_floating_point();

    private static Operation Binary(Func<Tensor, Tensor, Tensor> function) => Binary((_, a, b) => function(a, b));

    private static Operation Binary(Func<Arguments, Tensor, Tensor, Tensor> function) => inputs =>
    {
        (Tensor a, Tensor b) = (Rebatching.Fit(inputs, 0), Rebatching.Fit(inputs, 1));
        inputs.Broadcast(a.shape, b.shape);
        return function(inputs, a, b);
    };

    private static Operation Many(Func<Tensor, Tensor, Tensor> function) => inputs =>
    {
        Tensor result = inputs[0];
        for (int i = 1; i < inputs.Count; i++)
        {
            inputs.Broadcast(result.shape, inputs[i].shape);
            result = function(result, inputs[i]);
        }

        return result;
    };
}
