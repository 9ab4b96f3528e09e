using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>A segmentation and a classification head on one trunk: returns both.</summary>
internal sealed class TwoHeadNet : nn.Module<Tensor, (Tensor Mask, Tensor Logits)>
{
    private readonly Conv2d trunk = nn.Conv2d(3, 6, 3, padding: 1);
    private readonly ReLU relu = nn.ReLU();
    private readonly Conv2d mask = nn.Conv2d(6, 4, 1);
    private readonly AdaptiveAvgPool2d pool = nn.AdaptiveAvgPool2d(1);
    private readonly Linear fc = nn.Linear(6, 5);

    public TwoHeadNet()
        : base(nameof(TwoHeadNet)) => RegisterComponents();

    public override (Tensor Mask, Tensor Logits) forward(Tensor input)
    {
        Tensor x = relu.call(trunk.call(input));
        return (mask.call(x), fc.call(pool.call(x).flatten(1)));
    }
}
