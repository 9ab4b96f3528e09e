using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>x Wᵀ + b over the last dimension.</summary>
internal sealed class Linear : Block
{
    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter weight;
    private readonly Parameter? bias;

    public Linear(int inFeatures, int outFeatures, bool hasBias = true, string className = nameof(Linear))
        : base(className)
    {
        weight = AddParameter("weight", outFeatures, inFeatures);
        bias = hasBias ? AddParameter("bias", outFeatures) : null;
    }

    public Parameter Weight => weight;

    public Parameter? Bias => bias;

    public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
}
