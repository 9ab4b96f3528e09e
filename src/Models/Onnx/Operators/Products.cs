using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Matrix products.</summary>
internal static class Products
{
    /// <summary>alpha A B + beta C.</summary>
    public static Operation Gemm(OnnxNode node)
    {
        (float a, float b) = (node.Float("alpha", 1), node.Float("beta", 1));
        (Scalar alpha, Scalar beta) = (a, b);
        (bool transposesA, bool transposesB) = (node.Integer("transA", 0) != 0, node.Integer("transB", 0) != 0);
        return inputs =>
        {
            Tensor? bias = inputs.Optional(2);
            if (a == 1 && b == 1 && !transposesA && transposesB && (bias is null || bias.dim() == 1))
            {
                inputs.Guard([inputs[0].shape[0], inputs[1].shape[0]]);
                return nn.functional.linear(inputs[0], inputs[1], bias);
            }

            Tensor left = transposesA ? inputs[0].t() : inputs[0];
            Tensor right = transposesB ? inputs[1].t() : inputs[1];
            inputs.Guard([left.shape[0], right.shape[^1]]);
            Tensor product = left.matmul(right);
            product = a == 1 ? product : product.mul(alpha);
            return bias is null ? product : product.add(bias, beta);
        };
    }

    public static Operation MatMul(OnnxNode node) => inputs =>
    {
        (long[] a, long[] b) = (inputs[0].shape, inputs[1].shape);
        long[] batch = inputs.Broadcast(a.Length > 2 ? a[..^2] : [], b.Length > 2 ? b[..^2] : []);
        inputs.Guard([.. batch, a.Length > 1 ? a[^2] : 1, b.Length > 1 ? b[^1] : 1]);
        return inputs[0].matmul(inputs[1]);
    };

    public static Operation Einsum(OnnxNode node)
    {
        string equation = node.Text("equation", "").Replace(" ", "");
        return inputs =>
        {
            Tensor[] tensors = [.. Enumerable.Range(0, inputs.Count).Select(i => inputs[i])];
            string[] terms = equation.Split("->")[0].Split(',');
            Dictionary<char, long> extents = [];
            foreach ((string term, Tensor tensor) in terms.Zip(tensors))
            {
                long[] shape = tensor.shape;
                if (term.Length != shape.Length || term.Contains('.'))
                {
                    throw node.Refuse($"equation '{equation}', whose term '{term}' is not read for {shape.Length} dimensions; expected is a letter for each");
                }

                for (int i = 0; i < shape.Length; i++)
                {
                    extents[term[i]] = Math.Max(shape[i], extents.GetValueOrDefault(term[i]));
                }
            }

            string result = equation.Contains("->") ? equation[(equation.IndexOf("->", StringComparison.Ordinal) + 2)..] : "";
            inputs.Guard([.. result.Select(c => extents.GetValueOrDefault(c, 1))]);
            return einsum(equation, tensors);
        };
    }
}
