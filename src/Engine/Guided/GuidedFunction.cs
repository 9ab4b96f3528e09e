using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Guided;

/// <summary>The identity, put behind a ReLU: only positive gradients run back through it.</summary>
internal sealed class GuidedFunction : autograd.SingleTensorFunction<GuidedFunction>
{
    public override string Name => nameof(GuidedFunction);

    /// <summary>A copy of an output, which what follows may change in place.</summary>
    public static Tensor Insert(Tensor output)
    {
        // TorchSharp keeps an empty tensor of the output's size for every call; the scope frees it here, not with the graph.
        using DisposeScope scope = NewDisposeScope();
        return scope.MoveToOuter(apply(output));
    }

    public override Tensor forward(autograd.AutogradContext context, params object[] vars) => ((Tensor)vars[0]).clone();

    // The ReLU itself lets through what it let through forwards.
    public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient) => [gradient.relu()];
}
