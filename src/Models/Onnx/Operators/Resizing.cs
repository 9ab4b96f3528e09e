using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Resizing by nearest neighbours or linearly, axis by axis, with all of ONNX's rules of where a pixel lies.</summary>
internal static class Resizing
{
    /// <summary>Each pixel of a side takes three numbers while it is resized; no picture has such a side.</summary>
    private const long LargestSide = 1 << 20;

    public static Operation Resize(OnnxNode node)
    {
        // Before operator set 11 there was one rule, and the scales were the second input.
        bool isOld = node.Opset < 11;
        var rule = new ResizeRule(node, node.Text("mode", "nearest"), isOld ? "asymmetric" : node.Text("coordinate_transformation_mode", "half_pixel"), isOld ? "floor" : node.Text("nearest_mode", "round_prefer_floor"));
        if (node.Integer("antialias", 0) != 0 || node.Text("keep_aspect_ratio_policy", "stretch") != "stretch")
        {
            throw node.Refuse("antialias or an aspect ratio policy, which are not read");
        }

        long[]? axes = node.Integers("axes");
        return inputs => Run(inputs, rule, axes, isOld ? 1 : 2, isOld ? -1 : 3);
    }

    public static Operation Upsample(OnnxNode node)
    {
        var rule = new ResizeRule(node, node.Text("mode", "nearest"), "asymmetric", "floor");
        return inputs => Run(inputs, rule, null, 1, -1);
    }

    private static Tensor Run(Arguments inputs, ResizeRule rule, long[]? givenAxes, int scaleInput, int sizeInput)
    {
        Tensor x = inputs[0];
        int[] axes = givenAxes is null ? [.. Enumerable.Range(0, (int)x.dim())] : inputs.Axes(givenAxes, x.dim());
        long[]? sizes = sizeInput >= 0 && inputs.Has(sizeInput) && inputs[sizeInput].numel() > 0 ? inputs.RequiredIntegers(sizeInput) : null;
        float[]? scales = sizes is null ? inputs.Floats(scaleInput) ?? throw inputs.Node.Refuse($"no input {scaleInput}") : null;
        if ((sizes?.Length ?? scales!.Length) != axes.Length)
        {
            throw inputs.Node.Refuse($"{sizes?.Length ?? scales!.Length} sizes for {axes.Length} axes");
        }

        for (int i = 0; i < axes.Length; i++)
        {
            long extent = x.shape[axes[i]];
            long size = sizes is not null ? sizes[i] : (long)Math.Floor(extent * (double)scales![i]);

            // The exporter's batch and channels are not resized, whatever number of images comes.
            if (size == extent || (sizes is not null && axes[i] == 0 && inputs.Frame.IsRebatching))
            {
                continue;
            }

            long[] shape = x.shape;
            shape[axes[i]] = size is > 0 and <= LargestSide && extent > 0 ? size : throw inputs.Node.Refuse($"a size of {size} elements for a side of {extent}; expected are 1 to {LargestSide}");
            inputs.Guard(shape);
            x = rule.Apply(inputs, x, axes[i], size, sizes is not null ? size / (double)extent : scales![i]);
        }

        return x;
    }
}
