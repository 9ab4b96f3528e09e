using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Reductions over some axes; all of them where none are given.</summary>
internal static class Reductions
{
    public static Operation ReduceMean(OnnxNode node) => Over(node, (x, axes, keep) => x.mean(axes, keep));

    public static Operation ReduceSum(OnnxNode node) => Over(node, (x, axes, keep) => x.sum(axes, keep));

    public static Operation ReduceMax(OnnxNode node) => Over(node, (x, axes, keep) => x.amax(axes, keep));

    public static Operation ReduceMin(OnnxNode node) => Over(node, (x, axes, keep) => x.amin(axes, keep));

    public static Operation ReduceL2(OnnxNode node) => Over(node, (x, axes, keep) => linalg.vector_norm(x, 2, axes, keep));

    public static Operation ReduceSumSquare(OnnxNode node) => Over(node, (x, axes, keep) => x.square().sum(axes, keep));

    public static Operation ReduceProd(OnnxNode node) => Over(node, (x, axes, keep) =>
    {
        foreach (long axis in axes.OrderDescending())
        {
            x = x.prod(axis, keep);
        }

        return x;
    });

    /// <summary>Axes are an attribute at first, an input from operator set 18 (ReduceSum: 13) on; a node has one or the other.</summary>
    private static Operation Over(OnnxNode node, Func<Tensor, long[], bool, Tensor> reduce)
    {
        bool keeps = node.Integer("keepdims", 1) != 0;
        bool isNothing = node.Integer("noop_with_empty_axes", 0) != 0;
        long[]? fixedAxes = node.Integers("axes");
        return inputs =>
        {
            Tensor x = inputs[0];
            long[] axes = fixedAxes ?? inputs.Integers(1) ?? [];
            if (axes.Length == 0 && isNothing)
            {
                return x;
            }

            long[] over = axes.Length == 0
                ? [.. Enumerable.Range(0, (int)x.dim()).Select(i => (long)i)]
                : [.. inputs.Axes(axes, x.dim()).Select(i => (long)i)];
            return over.Length == 0 ? x : reduce(x, over, keeps);
        };
    }
}
