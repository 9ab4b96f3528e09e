using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>A convolution, TorchSharp's own attention (a tuple) over its positions, a module of four tensors, and a head.</summary>
internal sealed class TupleNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d stem = nn.Conv2d(3, 4, 3, stride: 3);
    private readonly MultiheadAttention attention = nn.MultiheadAttention(4, 2);
    private readonly Four four = new();
    private readonly Linear head = nn.Linear(4, 3);

    public TupleNet()
        : base(nameof(TupleNet)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        Tensor tokens = stem.call(input).flatten(2).permute(2, 0, 1);
        (Tensor attended, _) = attention.call(tokens, tokens, tokens, null, false, null);
        return head.call(four.call(attended, tokens, tokens, tokens).mean([0]));
    }

    private sealed class Four : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor>
    {
        public Four()
            : base(nameof(Four))
        {
        }

        public override Tensor forward(Tensor a, Tensor b, Tensor c, Tensor d) => a + b + c + d;
    }
}
