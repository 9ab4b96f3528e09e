using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Window attention and a perceptron, each added to its input; version 1 normalises before them, version 2 after.</summary>
internal sealed class SwinBlock : Block
{
    private readonly LayerNorm _norm1;
    private readonly ShiftedWindowAttention _attention;
    private readonly StochasticDepth _depth;
    private readonly LayerNorm _norm2;
    private readonly Sequential _perceptron;
    private readonly bool _isVersion2;

    public SwinBlock(int channels, int heads, int window, int shift, double dropProbability, bool isVersion2)
        : base(isVersion2 ? "SwinTransformerBlockV2" : "SwinTransformerBlock")
    {
        _isVersion2 = isVersion2;
        _norm1 = Add("norm1", new LayerNorm(channels));
        _attention = Add("attn", new ShiftedWindowAttention(channels, heads, window, shift, isVersion2));
        _depth = Add("stochastic_depth", new StochasticDepth(dropProbability));
        _norm2 = Add("norm2", new LayerNorm(channels));
        _perceptron = Add("mlp", Perceptron.Of("MLP", channels, 4 * channels));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor attended = _isVersion2 ? Chain(input, _attention, _norm1, _depth) : Chain(input, _norm1, _attention, _depth);
        using Tensor sum = input.Plus(attended);
        using Tensor perceived = _isVersion2 ? Chain(sum, _perceptron, _norm2, _depth) : Chain(sum, _norm2, _perceptron, _depth);
        return sum.Plus(perceived);
    }
}
