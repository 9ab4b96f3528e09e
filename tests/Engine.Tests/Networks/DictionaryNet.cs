using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>The same outputs by name, as torchvision's segmentation networks have them.</summary>
internal sealed class DictionaryNet : nn.Module<Tensor, Dictionary<string, Tensor>>
{
    private readonly TwoHeadNet net;

    public DictionaryNet(TwoHeadNet inner)
        : base(nameof(DictionaryNet))
    {
        net = inner;
        RegisterComponents();
    }

    public override Dictionary<string, Tensor> forward(Tensor input)
    {
        (Tensor mask, Tensor logits) = net.call(input);
        return new Dictionary<string, Tensor> { ["out"] = mask, ["logits"] = logits };
    }
}
