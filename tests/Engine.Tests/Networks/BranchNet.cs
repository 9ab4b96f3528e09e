using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>A module called twice, a branch that does not reach the score, a vector output and a 1x1 output.</summary>
internal sealed class BranchNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv = nn.Conv2d(3, 4, 3, padding: 1);
    private readonly ReLU relu = nn.ReLU();
    private readonly Conv2d unused = nn.Conv2d(4, 2, 1);
    private readonly Conv2d forgotten = nn.Conv2d(4, 2, 1);
    private readonly Conv2d second = nn.Conv2d(4, 4, 3, padding: 1);
    private readonly AdaptiveAvgPool2d pool = nn.AdaptiveAvgPool2d(1);
    private readonly Linear fc = nn.Linear(4, 5);

    public BranchNet()
        : base(nameof(BranchNet)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        Tensor x = relu.call(conv.call(input));
        unused.call(x);
        x = relu.call(second.call(x));
        return fc.call(pool.call(x).flatten(1));
    }
}
