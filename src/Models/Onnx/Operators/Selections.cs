using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Parts of a tensor, and larger tensors made of it.</summary>
internal static class Selections
{
    /// <summary>Starts and ends are attributes before operator set 10, inputs from then on.</summary>
    public static Operation Slice(OnnxNode node)
    {
        (long[]? starts, long[]? ends, long[]? axes) = (node.Integers("starts"), node.Integers("ends"), node.Integers("axes"));
        return inputs =>
        {
            Tensor x = inputs[0];
            long[] from = starts ?? inputs.RequiredIntegers(1);
            long[] to = ends ?? inputs.RequiredIntegers(2);
            int[] along = inputs.Axes(axes ?? inputs.Integers(3) ?? [.. Enumerable.Range(0, from.Length).Select(i => (long)i)], x.dim());
            long[] steps = inputs.Integers(4) ?? [.. along.Select(_ => 1L)];
            if (to.Length != from.Length || along.Length != from.Length || steps.Length != from.Length || steps.Contains(0) || steps.Contains(long.MinValue))
            {
                throw node.Refuse($"{from.Length} starts, {to.Length} ends, {along.Length} axes and steps [{Sizes.Show(steps)}]");
            }

            for (int i = 0; i < from.Length; i++)
            {
                x = Slice(inputs, x, along[i], from[i], to[i], steps[i]);
            }

            return x;
        };
    }

    public static Operation Gather(OnnxNode node)
    {
        long axis = node.Integer("axis", 0);
        return inputs =>
        {
            Tensor x = inputs[0];
            int along = inputs.Axis(axis, x.dim());
            long extent = x.shape[along];
            long[] given = inputs.RequiredIntegers(1);
            long[] indices = Array.ConvertAll(given, i => i >= -extent && i < extent ? (i < 0 ? i + extent : i) : throw node.Refuse($"index {i} on an axis of {extent}"));
            long[] shape = inputs[1].shape;
            if (shape.Length == 0)
            {
                return x.select(along, indices[0]);
            }

            long[] result = [.. x.shape[..along], .. shape, .. x.shape[(along + 1)..]];
            inputs.Guard(result);
            return inputs.Pick(x, along, indices).reshape(result);
        };
    }

    /// <summary>A copy of the first input in which rows, found by the leading dimensions, are replaced; exporters write assignments to slices so.</summary>
    public static Operation ScatterND(OnnxNode node)
    {
        string reduction = node.Text("reduction", "none");
        return inputs =>
        {
            (Tensor x, Tensor updates) = (inputs[0], inputs[2]);
            long[] shape = x.shape;
            long[] indices = inputs.RequiredIntegers(1);
            int depth = inputs[1].shape is [.., var last] && last <= shape.Length ? (int)last : throw node.Refuse($"indices [{Sizes.Show(inputs[1].shape)}] into [{Sizes.Show(shape)}]");
            long[] expected = [.. inputs[1].shape[..^1], .. shape[depth..]];
            if (reduction != "none" || depth == 0 || updates.dtype != x.dtype || !updates.shape.AsSpan().SequenceEqual(expected))
            {
                throw node.Refuse($"reduction '{reduction}' and updates {updates.dtype} [{Sizes.Show(updates.shape)}]; read are 'none' and {x.dtype} [{Sizes.Show(expected)}]");
            }

            long[] rows = new long[indices.Length / depth];
            for (int i = 0; i < indices.Length; i++)
            {
                long extent = shape[i % depth];
                long index = indices[i] < 0 ? indices[i] + extent : indices[i];
                rows[i / depth] = index >= 0 && index < extent ? (rows[i / depth] * extent) + index : throw node.Refuse($"index {indices[i]} on an axis of {extent}");
            }

            // Without rows or elements there is nothing to replace, and no size to divide by.
            return rows.Length == 0 || x.numel() == 0 ? x : x.reshape(Product(shape[..depth]), -1).index_copy(0, tensor(rows, device: x.device), updates.reshape(rows.Length, -1)).reshape(shape);
        };
    }

    /// <summary>Pads are an attribute before operator set 11, an input from then on; negative ones cut.</summary>
    public static Operation Pad(OnnxNode node)
    {
        string mode = node.Text("mode", "constant");
        long[]? fixedPads = node.Integers("pads");
        PaddingModes how = mode switch
        {
            "constant" => PaddingModes.Constant,
            "reflect" => PaddingModes.Reflect,
            "edge" => PaddingModes.Replicate,
            _ => throw node.Refuse($"mode '{mode}'; read are constant, reflect and edge"),
        };
        float fixedValue = node.Float("value", 0);
        return inputs =>
        {
            Tensor x = inputs[0];
            long[] pads = fixedPads ?? inputs.RequiredIntegers(1);
            int[] axes = inputs.Integers(3) is { } given ? inputs.Axes(given, x.dim()) : [.. Enumerable.Range(0, (int)x.dim())];
            if (pads.Length != 2 * axes.Length || pads.Any(p => p is < -int.MaxValue or > int.MaxValue))
            {
                throw node.Refuse($"pads [{Sizes.Show(pads)}] for {axes.Length} axes");
            }

            // torch counts from the last dimension; dimensions in front that stay are left out, as its reflection demands.
            var sides = new long[2 * x.dim()];
            long[] shape = x.shape;
            for (int i = 0; i < axes.Length; i++)
            {
                (long before, long behind) = (pads[i], pads[i + axes.Length]);
                int place = 2 * ((int)x.dim() - 1 - axes[i]);
                (sides[place], sides[place + 1]) = (Math.Max(0, before), Math.Max(0, behind));
                shape[axes[i]] += before + behind;
                inputs.Guard(shape);

                // libtorch's reflection and edges are not made for pads that cut.
                (long from, long cut) = (Math.Max(0, -before), Math.Max(0, -before) + Math.Max(0, -behind));
                x = cut == 0 ? x : cut <= x.shape[axes[i]] ? x.narrow(axes[i], from, x.shape[axes[i]] - cut) : throw node.Refuse($"pads [{Sizes.Show(pads)}] that cut more than there is");
            }

            if (how != PaddingModes.Constant && x.numel() == 0)
            {
                throw node.Refuse($"mode '{mode}' for an input without elements");
            }

            int used = Array.FindLastIndex(sides, s => s != 0) + 1;
            used += used % 2;
            used = how == PaddingModes.Constant ? used : Math.Max(used, (int)Math.Min(x.dim() - 2, 3) * 2);
            double value = inputs.Floats(2) is { } fill ? (fill.Length == 1 ? fill[0] : throw node.Refuse($"{fill.Length} values to fill with; expected is one")) : fixedValue;
            return used == 0 ? x : inputs.IsPlan ? inputs.Planned(shape, x.dtype) : nn.functional.pad(x, sides[..used], how, value);
        };
    }

    public static Operation Tile(OnnxNode node) => inputs =>
    {
        long[] repeats = inputs.RequiredIntegers(1);
        long[] shape = inputs[0].shape;
        if (repeats.Length != shape.Length || repeats.Any(r => r is < 0 or > int.MaxValue))
        {
            throw node.Refuse($"repeats [{Sizes.Show(repeats)}] for {shape.Length} dimensions");
        }

        inputs.Guard([.. shape.Zip(repeats, (s, r) => s * r)]);
        return inputs[0].repeat(repeats);
    };

    /// <summary>Both shapes broadcast to a common one.</summary>
    public static Operation Expand(OnnxNode node) => inputs =>
    {
        long[] wanted = [.. inputs.RequiredIntegers(1)];
        if (inputs.Frame.IsRebatching && inputs.Frame.ExportedBatch > 1 && wanted.Length == inputs[0].dim() && inputs.IsActivation(0) && wanted[0] == inputs.Frame.ExportedBatch)
        {
            wanted[0] = inputs.Frame.Batch;
        }

        inputs.Guard(wanted);
        return inputs[0].expand(inputs.Broadcast(inputs[0].shape, wanted));
    };

    private static long Product(long[] extents) => extents.Aggregate(1L, (a, b) => a * b);

    private static Tensor Slice(Arguments inputs, Tensor x, int axis, long from, long to, long step)
    {
        long extent = x.shape[axis];
        long start = from < 0 ? from + extent : from;
        long end = to < 0 ? (to < -extent ? -1 : to + extent) : to;
        if (step > 0)
        {
            start = Math.Clamp(start, 0, extent);
            end = Math.Clamp(end, 0, extent);
            return x.slice(axis, start, Math.Max(start, end), Math.Min(step, Math.Max(1, extent)));
        }

        // Backwards: from the end of the turned tensor.
        start = extent - 1 - Math.Clamp(start, -1, extent - 1);
        end = extent - 1 - Math.Clamp(end, -1, extent - 1);
        Tensor turned = inputs.IsPlan ? inputs.Planned(x.shape, x.dtype) : x.flip(axis);
        return turned.slice(axis, start, Math.Max(start, end), Math.Min(-step, Math.Max(1, extent)));
    }
}
