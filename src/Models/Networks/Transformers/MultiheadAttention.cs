using CAManim.Native.Models.Networks.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;
using Linear = CAManim.Native.Models.Networks.Layers.Linear;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>
/// Self-attention over tokens [N,T,C] (Vaswani 2017). PyTorch's module returns a tuple and calls its projection as a function: neither
/// is a layer there, so both are run here without <c>call</c>.
/// </summary>
internal sealed class MultiheadAttention : Block
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

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = input.shape;
        Tensor joint = nn.functional.linear(input, in_proj_weight, in_proj_bias);
        Tensor split = joint.view(shape[0], shape[1], 3, _heads, shape[2] / _heads).permute(2, 0, 3, 1, 4);
        Tensor attended = nn.functional.scaled_dot_product_attention(split.select(0, 0), split.select(0, 1), split.select(0, 2));
        return _output.forward(attended.transpose(1, 2).reshape(shape)).MoveToOuterDisposeScope();
    }
}
