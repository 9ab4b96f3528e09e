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
    public static Operation Div(OnnxNode node) => Binary((a, b) => a.is_floating_point() || b.is_floating_point() ? a.div(b) : a.div(b, RoundingMode.trunc));

    /// <summary>The sign is the divisor's, or with fmod the dividend's.</summary>
    public static Operation Mod(OnnxNode node) => node.Integer("fmod", 0) != 0
        ? Binary((a, b) => a.fmod(b))
        : Binary((a, b) => a.remainder(b));

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

    public static Operation Abs(OnnxNode node) => inputs => inputs[0].abs();

    public static Operation Floor(OnnxNode node) => inputs => inputs[0].floor();

    public static Operation Ceil(OnnxNode node) => inputs => inputs[0].ceil();

    private static Operation Binary(Func<Tensor, Tensor, Tensor> function) => inputs =>
    {
        inputs.Broadcast(inputs[0].shape, inputs[1].shape);
        return function(inputs[0], inputs[1]);
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
