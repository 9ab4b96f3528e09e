using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>The same values in another shape, order or type; and the shape itself.</summary>
internal static class Shapes
{
    public static Operation Reshape(OnnxNode node)
    {
        bool allowsZero = node.Integer("allowzero", 0) != 0;
        return inputs =>
        {
            long[] from = inputs[0].shape;
            long[] shape = [.. inputs.RequiredIntegers(1)];
            for (int i = 0; i < shape.Length && !allowsZero; i++)
            {
                shape[i] = shape[i] != 0 ? shape[i] : i < from.Length ? from[i] : throw node.Refuse($"shape [{Sizes.Show(shape)}] for an input of {from.Length} dimensions");
            }

            // A shape that is computed from the input's has the images that came already.
            if (inputs.Frame.IsRebatching && inputs.IsActivation(0) && (inputs.IsConstant(1) || (shape.Length > 0 && shape[0] != inputs.Frame.Batch)))
            {
                shape = BatchWidening.Widen(shape, from, inputs.Frame.ExportedBatch, inputs.Frame.Batch);
            }

            // libtorch multiplies without looking: an overflow to 0 would fit an empty tensor.
            inputs.Guard(Array.ConvertAll(shape, s => s == -1 ? 1 : s));
            return inputs[0].reshape(shape);
        };
    }

    public static Operation Transpose(OnnxNode node)
    {
        long[]? order = node.Integers("perm");
        return inputs => inputs[0].permute(order ?? [.. Enumerable.Range(0, (int)inputs[0].dim()).Reverse().Select(i => (long)i)]);
    }

    public static Operation Flatten(OnnxNode node)
    {
        long axis = node.Integer("axis", 1);
        return inputs =>
        {
            long[] shape = inputs[0].shape;
            int split = axis == shape.Length ? shape.Length : inputs.Axis(axis, shape.Length);
            return inputs[0].reshape(Product(shape[..split]), Product(shape[split..]));
        };
    }

    public static Operation Squeeze(OnnxNode node)
    {
        long[]? fixedAxes = node.Integers("axes");
        return inputs =>
        {
            long[] shape = inputs[0].shape;
            int[] axes = (fixedAxes ?? inputs.Integers(1)) is { } given ? inputs.Axes(given, shape.Length) : [.. Enumerable.Range(0, shape.Length).Where(i => shape[i] == 1)];
            return axes.All(a => shape[a] == 1)
                ? inputs[0].reshape([.. shape.Where((_, i) => !axes.Contains(i))])
                : throw node.Refuse($"axes [{string.Join(',', axes.Take(Sizes.MostDimensions))}] of [{Sizes.Show(shape)}], which are not all 1");
        };
    }

    public static Operation Unsqueeze(OnnxNode node)
    {
        long[]? fixedAxes = node.Integers("axes");
        return inputs =>
        {
            long[] given = fixedAxes ?? inputs.RequiredIntegers(1);
            int[] axes = inputs[0].dim() + given.Length <= Sizes.MostDimensions ? inputs.Axes(given, inputs[0].dim() + given.Length) : throw node.Refuse($"{given.Length} axes to add");
            Tensor x = inputs[0];
            foreach (int axis in axes.Order())
            {
                x = x.unsqueeze(axis);
            }

            return x;
        };
    }

    public static Operation Identity(OnnxNode node) => inputs => inputs[0];

    /// <summary>Floating types are all float32 here, integers int64.</summary>
    public static Operation Cast(OnnxNode node)
    {
        int to = (int)node.Integer("to", OnnxElement.Float);
        ScalarType type = OnnxElement.IsFloating(to) ? ScalarType.Float32
            : to == OnnxElement.Bool ? ScalarType.Bool
            : OnnxElement.Size(to) > 0 ? ScalarType.Int64
            : throw node.Refuse($"element type {to} to cast to");
        return inputs => inputs[0].dtype == type ? inputs[0] : inputs[0].to(type);
    }

    public static Operation Shape(OnnxNode node)
    {
        (long start, long end) = (node.Integer("start", 0), node.Integer("end", long.MaxValue));
        return inputs =>
        {
            long[] shape = inputs[0].shape;
            int from = Bound(start, shape.Length);
            return tensor(shape[from..Math.Max(from, Bound(end, shape.Length))]);
        };
    }

    public static Operation Size(OnnxNode node) => inputs => tensor(inputs[0].numel());

    public static Operation DepthToSpace(OnnxNode node)
    {
        long side = BlockSize(node);
        bool isDepthFirst = node.Text("mode", "DCR") == "DCR";
        return inputs =>
        {
            WindowPadding.Guard(inputs, default);
            long[] s = inputs[0].shape;
            Tensor blocks = isDepthFirst
                ? inputs[0].reshape(s[0], side, side, s[1] / (side * side), s[2], s[3]).permute(0, 3, 4, 1, 5, 2)
                : inputs[0].reshape(s[0], s[1] / (side * side), side, side, s[2], s[3]).permute(0, 1, 4, 2, 5, 3);
            return blocks.reshape(s[0], s[1] / (side * side), s[2] * side, s[3] * side);
        };
    }

    public static Operation SpaceToDepth(OnnxNode node)
    {
        long side = BlockSize(node);
        return inputs =>
        {
            WindowPadding.Guard(inputs, default);
            long[] s = inputs[0].shape;
            return inputs[0].reshape(s[0], s[1], s[2] / side, side, s[3] / side, side).permute(0, 3, 5, 1, 2, 4).reshape(s[0], s[1] * side * side, s[2] / side, s[3] / side);
        };
    }

    private static int Bound(long place, int rank) => (int)Math.Clamp(place < 0 ? place + rank : place, 0, rank);

    private static long BlockSize(OnnxNode node) => node.Integer("blocksize", 0) is > 0 and < 65536 and var side ? side : throw node.Refuse($"blocksize {node.Integer("blocksize", 0)}");

    private static long Product(long[] extents) => extents.Aggregate(1L, (a, b) => a * b);
}
