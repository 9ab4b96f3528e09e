using CAManim.Native.Models.Networks.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;
using Linear = CAManim.Native.Models.Networks.Layers.Linear;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Attention inside partitions [N,G,P,C] with a learned bias for relative positions (Tu 2022).</summary>
internal sealed class RelativeAttention : Block
{
    private readonly int _heads;
    private readonly int _window;
    private readonly double _scale;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter relative_position_bias_table;
    private readonly Tensor relative_position_index;
    private readonly Linear _qkv;
    private readonly Linear _merge;

    public RelativeAttention(int channels, int headChannels, int window)
        : base("RelativePositionalMultiHeadAttention")
    {
        _heads = channels / headChannels;
        _window = window;

        // Of all channels, not of those of a head, as in torchvision.
        _scale = Math.Pow(channels, -0.5);
        int side = (2 * window) - 1;
        relative_position_bias_table = AddParameter("relative_position_bias_table", side * side, _heads);
        using Tensor index = RelativePosition.Index(window);
        register_buffer("relative_position_index", relative_position_index = index.view(window * window, window * window));
        _qkv = Add("to_qkv", new Linear(channels, 3 * channels));
        _merge = Add("merge", new Linear(channels, channels));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor joint = _qkv.call(input);
        using Tensor attended = Attend(joint, input.shape);
        return _merge.call(attended);
    }

    private Tensor Attend(Tensor joint, long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor split = joint.view(shape[0], shape[1], shape[2], 3, _heads, shape[3] / _heads).permute(3, 0, 1, 4, 2, 5);
        Tensor scores = split.select(0, 0).matmul((split.select(0, 1) * _scale).transpose(-2, -1));
        Tensor bias = RelativePosition.Bias(relative_position_bias_table, relative_position_index, _window);
        return scores.Plus(bias).softmax(-1).matmul(split.select(0, 2)).permute(0, 1, 3, 2, 4).reshape(shape).MoveToOuterDisposeScope();
    }
}
