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
            if (inputs[0].dim() != 2 || inputs[1].dim() != 2)
            {
                throw node.Refuse($"factors of {inputs[0].dim()} and {inputs[1].dim()} dimensions; expected are matrices");
            }

            Match(inputs, inputs[0].shape[transposesA ? 0 : 1], inputs[1].shape[transposesB ? 1 : 0]);
            if (a == 1 && b == 1 && !transposesA && transposesB && (bias is null || bias.dim() == 1))
            {
                inputs.Guard([inputs[0].shape[0], inputs[1].shape[0]]);
                return nn.functional.linear(inputs[0], inputs[1], bias);
            }

            Tensor left = transposesA ? inputs[0].t() : inputs[0];
            Tensor right = transposesB ? inputs[1].t() : inputs[1];
            inputs.Guard([left.shape[0], right.shape[^1]]);
            Tensor product = left.mm(right);
            product = a == 1 ? product : product.mul(alpha);
            if (bias is null)
            {
                return product;
            }

            inputs.Broadcast(product.shape, bias.shape);
            return product.add(bias, beta);
        };
    }

    public static Operation MatMul(OnnxNode node) => inputs =>
    {
        (long[] a, long[] b) = (inputs[0].shape, inputs[1].shape);
        if (a.Length == 0 || b.Length == 0)
        {
            throw node.Refuse("a single number as factor");
        }

        Match(inputs, a[^1], b.Length > 1 ? b[^2] : b[0]);
        long[] batch = inputs.Broadcast(a.Length > 2 ? a[..^2] : [], b.Length > 2 ? b[..^2] : []);
        inputs.Guard([.. batch, a.Length > 1 ? a[^2] : 1, b.Length > 1 ? b[^1] : 1]);
        return Multiply(inputs, inputs[0], inputs[1], batch);
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
            if (tensors.Length > 2)
            {
                // What stands between the products.
                inputs.Guard([.. extents.Values]);
            }

            return einsum(equation, tensors);
        };
    }

    /// <summary>
    /// What matmul does, of the products below it: TorchSharp lets the exceptions of matmul itself through (other types, no memory left),
    /// which end the process.
    /// </summary>
    private static Tensor Multiply(Arguments inputs, Tensor a, Tensor b, long[] batch)
    {
        switch (a.dim(), b.dim())
        {
            case (1, 1):
                return a.unsqueeze(0).mm(b.unsqueeze(1)).reshape(Array.Empty<long>());
            case (2, 2):
                return a.mm(b);
            case (_, 1):
                return nn.functional.linear(a, b.unsqueeze(0)).squeeze(-1);
            case (_, 2):
                return nn.functional.linear(a, b.t());
            case (1, _):
                return Multiply(inputs, a.unsqueeze(0), b, batch).squeeze(-2);
        }

        (long rows, long inner, long columns) = (a.shape[^2], a.shape[^1], b.shape[^1]);
        inputs.Guard([.. batch, rows, inner]);
        inputs.Guard([.. batch, inner, columns]);
        long count = Sizes.Count(batch);
        Tensor left = a.expand([.. batch, rows, inner]).reshape(count, rows, inner);
        Tensor right = b.expand([.. batch, inner, columns]).reshape(count, inner, columns);
        return left.bmm(right).reshape([.. batch, rows, columns]);
    }

    private static void Match(Arguments inputs, long columns, long rows)
    {
        if (columns != rows)
        {
            throw inputs.Node.Refuse($"factors that do not go together: {columns} columns and {rows} rows");
        }
    }
}
