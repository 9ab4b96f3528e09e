using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Networks.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;
using Linear = CAManim.Native.Models.Networks.Layers.Linear;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>
/// Self-attention over tokens [N,T,C] (Vaswani 2017). PyTorch's module returns a tuple and calls its projection as a function: neither
/// is a layer there; the projection is run here without <c>call</c>.
/// </summary>
internal sealed class MultiheadAttention : Block, IAttentionMaps<Tensor>, IReturnsTuple
{
    private readonly int _heads;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter in_proj_weight;
    private readonly Parameter in_proj_bias;
    private readonly Linear _output;

    public MultiheadAttention(int channels, int heads)
        : base(nameof(MultiheadAttention))
    {
        _heads = heads;
        in_proj_weight = AddParameter("in_proj_weight", 3 * channels, channels);
        in_proj_bias = AddParameter("in_proj_bias", 3 * channels);
        _output = Add("out_proj", new Linear(channels, channels, className: "NonDynamicallyQuantizableLinear"));
    }

    public Func<Tensor, Tensor>? AttentionFilter { get; set; }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = input.shape;
        Tensor joint = nn.functional.linear(input, in_proj_weight, in_proj_bias);
        Tensor split = joint.view(shape[0], shape[1], 3, _heads, shape[2] / _heads).permute(2, 0, 3, 1, 4);
        (Tensor query, Tensor key, Tensor value) = (split.select(0, 0), split.select(0, 1), split.select(0, 2));
        Tensor attended = AttentionFilter is null
            ? nn.functional.scaled_dot_product_attention(query, key, value)
            : AttentionFilter(Attention(query, key)).matmul(value);
        return _output.forward(attended.transpose(1, 2).reshape(shape)).MoveToOuterDisposeScope();
    }

    // The scale is held: the finaliser of a temporary number can free it while libtorch still reads it.
    private static Tensor Attention(Tensor query, Tensor key)
    {
        using Scalar scale = Math.Pow(query.shape[^1], -0.5);
        return query.mul(scale).matmul(key.transpose(-2, -1)).softmax(-1);
    }
}
