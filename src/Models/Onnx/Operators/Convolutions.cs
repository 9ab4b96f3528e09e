using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Convolutions over h and w.</summary>
internal static class Convolutions
{
    public static Operation Conv(OnnxNode node)
    {
        var padding = new WindowPadding(node);
        long[] strides = node.Extents("strides", 2, 1) ?? [1, 1];
        long[] dilations = node.Extents("dilations", 2, 1) ?? [1, 1];
        long groups = Groups(node);
        return inputs =>
        {
            (Tensor x, Tensor weight) = (inputs[0], Weight(inputs));
            long[] kernel = weight.shape[2..];
            var pads = padding.Of(x, kernel, strides, dilations);
            WindowPadding.Guard(inputs, pads);
            long rows = Outputs(x.shape[2] + pads.Top + pads.Bottom, kernel[0], strides[0], dilations[0]);
            long columns = Outputs(x.shape[3] + pads.Left + pads.Right, kernel[1], strides[1], dilations[1]);
            long[] result = [x.shape[0], weight.shape[0], rows, columns];
            inputs.Guard(result);
            if (inputs.IsPlan)
            {
                return inputs.Planned(result, x.dtype);
            }

            if (pads.Top == pads.Bottom && pads.Left == pads.Right)
            {
                return nn.functional.conv2d(x, weight, inputs.Optional(2), strides, [pads.Top, pads.Left], dilations, groups);
            }

            Tensor padded = nn.functional.pad(x, [pads.Left, pads.Right, pads.Top, pads.Bottom]);
            return nn.functional.conv2d(padded, weight, inputs.Optional(2), strides, [0, 0], dilations, groups);
        };
    }

    /// <summary>Computed without padding, then cut, since ONNX's pads need not be the same on both sides.</summary>
    public static Operation ConvTranspose(OnnxNode node)
    {
        var padding = new WindowPadding(node);
        long[] strides = node.Extents("strides", 2, 1) ?? [1, 1];
        long[] dilations = node.Extents("dilations", 2, 1) ?? [1, 1];
        long[] extra = node.Extents("output_padding", 2, 0) ?? [0, 0];
        long[]? wanted = node.Extents("output_shape", 2, 1);
        long groups = Groups(node);
        return inputs =>
        {
            (Tensor x, Tensor weight) = (inputs[0], Weight(inputs));
            WindowPadding.Guard(inputs, default);
            long[] kernel = weight.shape[2..];
            long[] full = [.. Enumerable.Range(0, 2).Select(i => ((x.shape[i + 2] - 1) * strides[i]) + (dilations[i] * (kernel[i] - 1)) + 1 + extra[i])];
            long[] result = [x.shape[0], weight.shape[1] * groups, full[0], full[1]];
            inputs.Guard(result);
            var (top, left, bottom, right) = padding.IsSame || wanted is not null ? default : padding.Of(x, kernel, strides, dilations);
            long[]? size = wanted ?? (padding.IsSame ? [x.shape[2] * strides[0], x.shape[3] * strides[1]] : null);
            if (size is not null)
            {
                (top, bottom) = padding.Halves(Math.Max(0, full[0] - size[0]));
                (left, right) = padding.Halves(Math.Max(0, full[1] - size[1]));
            }

            Tensor whole = inputs.IsPlan ? inputs.Planned(result, x.dtype) : nn.functional.conv_transpose2d(x, weight, inputs.Optional(2), strides, [0, 0], extra, dilations, groups);
            return whole.narrow(2, top, whole.shape[2] - top - bottom).narrow(3, left, whole.shape[3] - left - right);
        };
    }

    /// <summary>Number of places of a window.</summary>
    public static long Outputs(long size, long kernel, long stride, long dilation) => ((size - (dilation * (kernel - 1)) - 1) / stride) + 1;

    private static long Groups(OnnxNode node) => node.Integer("group", 1) is > 0 and < int.MaxValue and var groups ? groups : throw node.Refuse($"group {node.Integer("group", 1)}");

    private static Tensor Weight(Arguments inputs) => inputs[1].dim() == 4
        ? inputs[1]
        : throw inputs.Node.Refuse($"weights [{Sizes.Show(inputs[1].shape)}]; read are those of two-dimensional convolutions, [C',C,kh,kw]");
}
