using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Attention and a perceptron over tokens [N,T,C], each normalised before and added to its input.</summary>
internal sealed class EncoderBlock : Block
{
    private readonly LayerNorm _norm1;
    private readonly MultiheadAttention _attention;
    private readonly Dropout _dropout;
    private readonly LayerNorm _norm2;
    private readonly Sequential _perceptron;

    public EncoderBlock(int channels, int heads, int hidden)
        : base(nameof(EncoderBlock))
    {
        _norm1 = Add("ln_1", new LayerNorm(channels, 1e-6));
        _attention = Add("self_attention", new MultiheadAttention(channels, heads));
        _dropout = Add("dropout", new Dropout(0));
        _norm2 = Add("ln_2", new LayerNorm(channels, 1e-6));
        _perceptron = Add("mlp", Perceptron.Of("MLPBlock", channels, hidden));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor normalised = _norm1.call(input);
        using Tensor attended = _attention.call(normalised);
        using Tensor kept = _dropout.call(attended);
        using Tensor sum = kept.Plus(input);
        using Tensor branch = Chain(sum, _norm2, _perceptron);
        return sum.Plus(branch);
    }
}
