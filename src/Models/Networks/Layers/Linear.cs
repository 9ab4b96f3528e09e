using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>x Wᵀ + b over the last dimension.</summary>
internal sealed class Linear : Block, IHead
{
    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private Parameter weight;
    private Parameter? bias;

    public Linear(int inFeatures, int outFeatures, bool hasBias = true, string className = nameof(Linear))
        : base(className)
    {
        weight = AddParameter("weight", outFeatures, inFeatures);
        bias = hasBias ? AddParameter("bias", outFeatures) : null;
    }

    public Parameter Weight => weight;

    public Parameter? Bias => bias;

    public bool IsHead { get; private init; }

    public bool HasBias => bias is not null;

    /// <summary>The last layer of a classifier.</summary>
    public static Linear Head(int inFeatures, int classes = IHead.StandardClasses, bool hasBias = true) => new(inFeatures, classes, hasBias) { IsHead = true };

    public void SetClasses(int classes, bool hasBias)
    {
        weight = ReplaceParameter("weight", weight, classes, weight.shape[1])!;
        bias = ReplaceParameter("bias", bias, hasBias ? [classes] : null);
    }

    public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
}
