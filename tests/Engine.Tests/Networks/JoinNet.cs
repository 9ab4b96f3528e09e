using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>A shortcut that is added, a concatenation with an early layer, and a batch size that is remembered: what one image that becomes a batch runs into.</summary>
internal sealed class JoinNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d stem = nn.Conv2d(3, 4, 3, padding: 1);
    private readonly ReLU relu = nn.ReLU();
    private readonly Conv2d main = nn.Conv2d(4, 4, 3, padding: 1);
    private readonly Conv2d side = nn.Conv2d(4, 3, 1);
    private readonly Conv2d last = nn.Conv2d(7, 5, 3, padding: 1);
    private readonly Linear fc = nn.Linear(5 * 81, 4);
    private readonly bool _concatenates;
    private readonly bool _remembers;

    public JoinNet(bool concatenates, bool remembers)
        : base(nameof(JoinNet))
    {
        _concatenates = concatenates;
        _remembers = remembers;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        long images = input.shape[0];
        Tensor early = relu.call(stem.call(input));
        Tensor x = main.call(early) + early;
        Tensor branch = side.call(early);
        x = _concatenates ? cat([x, branch], 1) : cat([x, zeros(x.shape[0], 3, 9, 9)], 1);
        x = relu.call(last.call(x));
        return fc.call(_remembers ? x.reshape(images, 5 * 81) : x.flatten(1));
    }
}
