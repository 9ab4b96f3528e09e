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
            Tensor[] parts = [.. Enumerable.Range(0, inputs.Count).Select(i => inputs[i])];
            int along = inputs.Axis(axis, parts[0].dim());
            long batch = inputs.Frame.Batch;
            if (inputs.Frame.IsWidening && along > 0)
            {
                // A class token that the exporter made for its one image.
                for (int i = 0; i < parts.Length; i++)
                {
                    long[] shape = parts[i].shape;
                    parts[i] = !inputs.IsActivation(i) && shape[0] == 1 && Array.Exists(parts, p => p.shape[0] == batch) ? parts[i].expand([batch, .. shape[1..]]) : parts[i];
                }
            }

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
        long count = node.Integer("num_outputs", node.Outputs.Count);
        return inputs =>
        {
            Tensor x = inputs[0];
            int along = inputs.Axis(axis, x.dim());
            long extent = x.shape[along];
            if ((fixedSizes ?? inputs.Integers(1)) is { } sizes)
            {
                if (output >= sizes.Length || sizes.Any(s => s < 0 || s > extent) || sizes.Sum() != extent)
                {
                    throw node.Refuse($"parts of [{string.Join(',', sizes)}] of {extent}");
                }

                return x.narrow(along, sizes[..output].Sum(), sizes[output]);
            }

            // The last part is the smaller one where they cannot be equal.
            long size = (extent + count - 1) / Math.Max(1, count);
            return x.narrow(along, Math.Min(extent, output * size), Math.Clamp(extent - (output * size), 0, size));
        };
    }
}
