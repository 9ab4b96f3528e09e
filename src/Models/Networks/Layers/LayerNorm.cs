using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Layer normalisation over the last dimension, or over the channels of [N,C,h,w] as class LayerNorm2d.</summary>
internal sealed class LayerNorm : Block
{
    private readonly long[] _shape;
    private readonly double _epsilon;
    private readonly bool _isSpatial;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter weight;
    private readonly Parameter bias;

    public LayerNorm(int channels, double epsilon = 1e-5, bool isSpatial = false)
        : base(isSpatial ? "LayerNorm2d" : nameof(LayerNorm))
    {
        _shape = [channels];
        _epsilon = epsilon;
        _isSpatial = isSpatial;
        weight = AddParameter("weight", channels);
        bias = AddParameter("bias", channels);
    }

    public override Tensor forward(Tensor input)
    {
        if (!_isSpatial)
        {
            return nn.functional.layer_norm(input, _shape, weight, bias, _epsilon);
        }

        using Tensor last = input.permute(0, 2, 3, 1);
        using Tensor normalised = nn.functional.layer_norm(last, _shape, weight, bias, _epsilon);
        return normalised.permute(0, 3, 1, 2);
    }
}
