using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Joining tensors along an axis, and taking them apart.</summary>
internal static class Joining
{
    public static Operation Concat(OnnxNode node)
    {
        long axis = node.Integer("axis", 0);
        return inputs =>
        {
            int along = inputs.Axis(axis, inputs[0].dim());
            Tensor[] parts = [.. Enumerable.Range(0, inputs.Count).Select(i => along > 0 ? Rebatching.Fit(inputs, i) : inputs[i])];

            long[] whole = parts[0].shape;
            whole[along] = parts.Sum(p => p.dim() == whole.Length ? p.shape[along] : 0);
            inputs.Guard(whole);
            return cat(parts, along);
        };
    }

    /// <summary>Each output is a step of its own: sizes are an attribute, an input, or equal parts.</summary>
    public static Operation Split(OnnxNode node, int output)
    {
        long axis = node.Integer("axis", 0);
        long[]? fixedSizes = node.Integers("split");
        long count = node.Integer("num_outputs", node.Outputs.Count) is > 0 and < int.MaxValue and var parts ? parts : throw node.Refuse($"{node.Integer("num_outputs", node.Outputs.Count)} outputs");
        return inputs =>
        {
            Tensor x = inputs[0];
            int along = inputs.Axis(axis, x.dim());
            long extent = x.shape[along];
            if ((fixedSizes ?? inputs.Integers(1)) is { } sizes)
            {
                if (output >= sizes.Length || sizes.Any(s => s < 0 || s > extent) || sizes.Sum() != extent)
                {
                    throw node.Refuse($"parts of [{Sizes.Show(sizes)}] of {extent}");
                }

                return x.narrow(along, sizes[..output].Sum(), sizes[output]);
            }

            // The last part is the smaller one where they cannot be equal.
            long size = (extent + count - 1) / count;
            return x.narrow(along, Math.Min(extent, output * size), Math.Clamp(extent - (output * size), 0, size));
        };
    }
}
