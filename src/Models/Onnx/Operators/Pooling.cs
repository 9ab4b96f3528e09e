using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Pooling over h and w.</summary>
internal static class Pooling
{
    public static Operation MaxPool(OnnxNode node)
    {
        (var padding, long[] kernel, long[] strides, long[] dilations, bool isCeil) = Window(node);
        if (node.Integer("storage_order", 0) != 0 || (node.Outputs.Count > 1 && node.Outputs[1].Length > 0))
        {
            throw node.Refuse("an output of indices, which is not read. Export the network without it");
        }

        return inputs =>
        {
            Tensor x = inputs[0];
            var pads = padding.Of(x, kernel, strides, dilations);
            WindowPadding.Guard(inputs, pads);
            bool isNative = pads.Top == pads.Bottom && pads.Left == pads.Right && pads.Top <= kernel[0] / 2 && pads.Left <= kernel[1] / 2;
            if (!isNative)
            {
                x = nn.functional.pad(x, [pads.Left, pads.Right, pads.Top, pads.Bottom], PaddingModes.Constant, double.NegativeInfinity);
            }

            return nn.functional.max_pool2d(x, kernel, strides, isNative ? [pads.Top, pads.Left] : [0, 0], dilations, isCeil);
        };
    }

    public static Operation AveragePool(OnnxNode node)
    {
        (var padding, long[] kernel, long[] strides, long[] dilations, bool isCeil) = Window(node);
        bool countsPadding = node.Integer("count_include_pad", 0) != 0;
        if (dilations.Any(d => d != 1))
        {
            throw node.Refuse("dilations, which average pooling is not read with");
        }

        return inputs =>
        {
            Tensor x = inputs[0];
            var pads = padding.Of(x, kernel, strides, dilations);
            WindowPadding.Guard(inputs, pads);
            if (pads.Top == pads.Bottom && pads.Left == pads.Right && pads.Top <= kernel[0] / 2 && pads.Left <= kernel[1] / 2)
            {
                return nn.functional.avg_pool2d(x, kernel, strides, [pads.Top, pads.Left], isCeil, countsPadding);
            }

            long[] sides = [pads.Left, pads.Right, pads.Top, pads.Bottom];
            Tensor mean = nn.functional.avg_pool2d(nn.functional.pad(x, sides), kernel, strides, [0, 0], isCeil);
            if (countsPadding)
            {
                return mean;
            }

            // The share of real pixels in each window.
            Tensor real = nn.functional.pad(ones([1, 1, x.shape[2], x.shape[3]], x.dtype, x.device), sides);
            return mean.div(nn.functional.avg_pool2d(real, kernel, strides, [0, 0], isCeil));
        };
    }

    public static Operation GlobalAveragePool(OnnxNode node) => inputs => inputs[0].mean(Spatial(inputs), keepdim: true);

    public static Operation GlobalMaxPool(OnnxNode node) => inputs => inputs[0].amax(Spatial(inputs), keepdim: true);

    private static long[] Spatial(Arguments inputs) => inputs[0].dim() > 2
        ? [.. Enumerable.Range(2, (int)inputs[0].dim() - 2).Select(i => (long)i)]
        : throw inputs.Node.Refuse($"an input of {inputs[0].dim()} dimensions; expected is [N,C,h,w]");

    private static (WindowPadding Padding, long[] Kernel, long[] Strides, long[] Dilations, bool IsCeil) Window(OnnxNode node) => (
        new WindowPadding(node),
        node.Extents("kernel_shape", 2, 1) ?? throw node.Refuse("no kernel_shape"),
        node.Extents("strides", 2, 1) ?? [1, 1],
        node.Extents("dilations", 2, 1) ?? [1, 1],
        node.Integer("ceil_mode", 0) != 0);
}
