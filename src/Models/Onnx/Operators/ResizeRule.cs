using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>Where the pixels of a resized axis come from.</summary>
internal sealed class ResizeRule
{
    private readonly bool _isLinear;
    private readonly string _coordinates;
    private readonly string _rounding;

    public ResizeRule(OnnxNode node, string mode, string coordinates, string rounding)
    {
        _isLinear = mode switch
        {
            "nearest" => false,
            "linear" or "bilinear" => true,
            _ => throw node.Refuse($"mode '{mode}'; read are nearest and linear"),
        };
        _coordinates = coordinates is "half_pixel" or "pytorch_half_pixel" or "align_corners" or "asymmetric" or "half_pixel_symmetric"
            ? coordinates
            : throw node.Refuse($"coordinate_transformation_mode '{coordinates}'");
        _rounding = rounding is "floor" or "ceil" or "round_prefer_floor" or "round_prefer_ceil" ? rounding : throw node.Refuse($"nearest_mode '{rounding}'");
    }

    /// <summary>Resizes one axis.</summary>
    public Tensor Apply(Arguments inputs, Tensor x, int axis, long size, double scale)
    {
        long extent = x.shape[axis];
        var lower = new long[size];
        var upper = new long[size];
        var weights = new float[size];
        for (long i = 0; i < size; i++)
        {
            double source = Source(i, size, extent, scale);
            if (_isLinear)
            {
                double inside = Math.Clamp(source, 0, extent - 1);
                lower[i] = (long)Math.Floor(inside);
                upper[i] = Math.Min(lower[i] + 1, extent - 1);
                weights[i] = (float)(inside - lower[i]);
            }
            else
            {
                lower[i] = (long)Math.Clamp(Round(source), 0, extent - 1);
            }
        }

        Tensor low = inputs.Pick(x, axis, lower);
        if (!_isLinear)
        {
            return low;
        }

        Tensor high = inputs.Pick(x, axis, upper);
        long[] shape = new long[x.dim()];
        Array.Fill(shape, 1);
        shape[axis] = size;
        return low.add(high.add(low, Numbers.MinusOne).mul(tensor(weights, shape, device: x.device)), Numbers.One);
    }

    private double Source(long i, long size, long extent, double scale) => _coordinates switch
    {
        "asymmetric" => i / scale,
        "align_corners" => size == 1 ? 0 : i * (extent - 1.0) / (size - 1),
        "pytorch_half_pixel" => size == 1 ? 0 : ((i + 0.5) / scale) - 0.5,
        "half_pixel_symmetric" => (extent / 2.0 * (1 - (size / (scale * extent)))) + ((i + 0.5) / scale) - 0.5,
        _ => ((i + 0.5) / scale) - 0.5,
    };

    private double Round(double source) => _rounding switch
    {
        "floor" => Math.Floor(source),
        "ceil" => Math.Ceiling(source),
        "round_prefer_ceil" => Math.Floor(source + 0.5),
        _ => Math.Ceiling(source - 0.5),
    };
}
