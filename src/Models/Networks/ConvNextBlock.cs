using CAManim.Native.Models.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Conv2d = CAManim.Native.Models.Networks.Layers.Conv2d;
using LayerNorm = CAManim.Native.Models.Networks.Layers.LayerNorm;
using Linear = CAManim.Native.Models.Networks.Layers.Linear;
using Sequential = CAManim.Native.Models.Networks.Layers.Sequential;

namespace CAManim.Native.Models.Networks;

/// <summary>x + scale · (7x7 a channel, layer norm, two linear layers over the channels) (Liu 2022).</summary>
internal sealed class ConvNextBlock : Block
{
    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter layer_scale;
    private readonly Sequential _block;
    private readonly StochasticDepth _depth;

    public ConvNextBlock(int channels, double dropProbability)
        : base("CNBlock")
    {
        layer_scale = AddParameter("layer_scale", channels, 1, 1);
        _block = Add("block", new Sequential(
            new Conv2d(channels, channels, 7, 1, 3, channels),
            Function.Permute(0, 2, 3, 1),
            new LayerNorm(channels, 1e-6),
            new Linear(channels, 4 * channels),
            Function.GELU(),
            new Linear(4 * channels, channels),
            Function.Permute(0, 3, 1, 2)));
        _depth = Add("stochastic_depth", new StochasticDepth(dropProbability));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor branch = _block.call(input);
        using Tensor scaled = layer_scale * branch;
        using Tensor kept = _depth.call(scaled);
        return kept.Plus(input);
    }
}
