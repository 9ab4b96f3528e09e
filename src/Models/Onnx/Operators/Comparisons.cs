using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Comparisons, logic, and choice by them.</summary>
internal static class Comparisons
{
    public static Operation Equal(OnnxNode node) => Binary((a, b) => a.eq(b));

    public static Operation Less(OnnxNode node) => Binary((a, b) => a.lt(b));

    public static Operation Greater(OnnxNode node) => Binary((a, b) => a.gt(b));

    public static Operation Not(OnnxNode node) => inputs => inputs.IsPlan ? inputs.Planned(inputs[0].shape, ScalarType.Bool) : inputs[0].logical_not();

    public static Operation And(OnnxNode node) => Binary((a, b) => a.logical_and(b));

    public static Operation Or(OnnxNode node) => Binary((a, b) => a.logical_or(b));

    public static Operation Where(OnnxNode node) => inputs =>
    {
        long[] shape = inputs.Broadcast(inputs[0].shape, inputs[1].shape, inputs[2].shape);
        return inputs.IsPlan ? inputs.Planned(shape, inputs[1].dtype) : where(inputs[0].to(ScalarType.Bool), inputs[1], inputs[2]);
    };

    private static Operation Binary(Func<Tensor, Tensor, Tensor> function) => inputs =>
    {
        long[] shape = inputs.Broadcast(inputs[0].shape, inputs[1].shape);
        return inputs.IsPlan ? inputs.Planned(shape, ScalarType.Bool) : function(inputs[0], inputs[1]);
    };
}
