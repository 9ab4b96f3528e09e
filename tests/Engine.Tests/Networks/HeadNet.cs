using CAManim.Native.Kernels.Outputs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>A small classifier with what people put at its end: nothing, a module, a function, fewer dimensions.</summary>
internal class HeadNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly Sigmoid gate = nn.Sigmoid();
    private readonly Conv2d second;
    private readonly Linear fc;
    private readonly nn.Module<Tensor, Tensor>? end;
    private readonly Func<Tensor, Tensor>? _last;

    /// <param name="outputs">K.</param>
    /// <param name="end">The module at its end, or null.</param>
    /// <param name="last">What happens after it, or null.</param>
    public HeadNet(int outputs, nn.Module<Tensor, Tensor>? end = null, Func<Tensor, Tensor>? last = null)
        : base(nameof(HeadNet))
    {
        random.manual_seed(TestNets.Seed);
        (conv, second, fc) = (nn.Conv2d(3, 6, 3, padding: 1), nn.Conv2d(6, 5, 3, padding: 1), nn.Linear(5, outputs));
        (this.end, _last) = (end, last);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        // A gate, as squeeze-and-excitation has it, is no end.
        Tensor x = conv.call(input);
        x = second.call(x * gate.call(x.mean([2L, 3L], keepdim: true)));
        Tensor output = fc.call(x.mean([2L, 3L]));
        output = end is null ? output : end.call(output);
        return _last is null ? output : _last(output);
    }
}

/// <summary>The same, and it knows what belongs behind its outputs.</summary>
internal sealed class ToldNet(int outputs, ScoreActivation activation) : HeadNet(outputs), IActivatedNetwork
{
    public ScoreActivation FinalActivation => activation;
}
