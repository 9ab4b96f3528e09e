using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Padding of windows that slide over h and w: explicit, or worked out from the input's size (auto_pad).</summary>
internal sealed class WindowPadding
{
    private readonly long[] _pads;
    private readonly string _auto;

    public WindowPadding(OnnxNode node)
    {
        _auto = node.Text("auto_pad", "NOTSET");
        if (_auto is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER" or ""))
        {
            throw node.Refuse($"auto_pad '{_auto}'");
        }

        _pads = _auto is "VALID" ? [0, 0, 0, 0] : node.Extents("pads", 4, 0) ?? [0, 0, 0, 0];
    }

    /// <summary>Whether auto_pad SAME decides: the output is then ceil(input / stride).</summary>
    public bool IsSame => _auto.StartsWith("SAME", StringComparison.Ordinal);

    /// <summary>SAME's rule for an odd total: the larger half at the end (UPPER) or at the beginning.</summary>
    public (long Begin, long End) Halves(long total) => _auto == "SAME_UPPER" ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);

    /// <summary>Pixels before and behind, for rows and for columns.</summary>
    public (long Top, long Left, long Bottom, long Right) Of(Tensor input, long[] kernel, long[] strides, long[] dilations)
    {
        if (!IsSame)
        {
            return (_pads[0], _pads[1], _pads[2], _pads[3]);
        }

        (long Begin, long End)[] each = new (long, long)[2];
        for (int i = 0; i < 2; i++)
        {
            long size = input.shape[i + 2];
            long outputs = (size + strides[i] - 1) / strides[i];
            each[i] = Halves(Math.Max(0, ((outputs - 1) * strides[i]) + (dilations[i] * (kernel[i] - 1)) + 1 - size));
        }

        return (each[0].Begin, each[1].Begin, each[0].End, each[1].End);
    }

    /// <summary>Refuses inputs that are no pictures and padded ones that are too large.</summary>
    public static void Guard(Arguments inputs, (long Top, long Left, long Bottom, long Right) pads)
    {
        long[] shape = inputs[0].shape;
        if (shape.Length != 4)
        {
            throw inputs.Node.Refuse($"an input of {shape.Length} dimensions; expected is [N,C,h,w]");
        }

        inputs.Guard([shape[0], shape[1], shape[2] + pads.Top + pads.Bottom, shape[3] + pads.Left + pads.Right]);
    }
}
