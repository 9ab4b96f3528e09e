using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Drops the whole branch of a sample in training (Huang 2016); passes it on otherwise.</summary>
internal sealed class StochasticDepth(double probability) : Block(nameof(StochasticDepth))
{
    public override Tensor forward(Tensor input)
    {
        if (!training || probability == 0)
        {
            return input.alias();
        }

        double survival = 1 - probability;
        long[] shape = [input.shape[0], .. Enumerable.Repeat(1L, input.shape.Length - 1)];
        using Tensor chance = full(shape, survival, input.dtype, input.device);
        using Tensor kept = chance.bernoulli();
        using Tensor scaled = kept / survival;
        return input * scaled;
    }
}
