using CAManim.Native.Models.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = CAManim.Native.Models.Networks.Layers.Dropout;
using LayerNorm = CAManim.Native.Models.Networks.Layers.LayerNorm;
using Sequential = CAManim.Native.Models.Networks.Layers.Sequential;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Adds the learned positions to tokens [N,T,C] and runs the encoder's blocks.</summary>
internal sealed class Encoder : Block
{
    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter pos_embedding;
    private readonly Dropout _dropout;
    private readonly Sequential _layers;
    private readonly LayerNorm _norm;

    public Encoder(int tokens, int layers, int heads, int channels, int hidden)
        : base(nameof(Encoder))
    {
        pos_embedding = AddParameter("pos_embedding", 1, tokens, channels);
        _dropout = Add("dropout", new Dropout(0));
        _layers = Add("layers", new Sequential("Sequential", Enumerable.Range(0, layers).Select(i => ($"encoder_layer_{i}", (nn.Module<Tensor, Tensor>)new EncoderBlock(channels, heads, hidden)))));
        _norm = Add("ln", new LayerNorm(channels, 1e-6));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor placed = input.Plus(pos_embedding);
        return Chain(placed, _dropout, _layers, _norm);
    }
}
