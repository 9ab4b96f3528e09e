using TorchSharp;

namespace CAManim.Native.Engine.Capture;

/// <summary>The identity, put behind a layer's output: what runs back through it is the layer's gradient.</summary>
/// <remarks>
/// Without a clone the output is a view of the layer's own memory, which autograd refuses to change in place: networks with
/// in-place operations are found out by that error and run again with clones.
/// </remarks>
internal sealed class TapFunction : torch.autograd.SingleTensorFunction<TapFunction>
{
    private const string TapKey = "tap";

    public override string Name => nameof(TapFunction);

    /// <summary>Inserts a tap behind an output.</summary>
    /// <param name="arguments">The output and the <see cref="Tap"/>.</param>
    public static torch.Tensor Insert(object[] arguments)
    {
        // TorchSharp keeps an empty tensor of the output's size for every call; the scope frees it here, not with the graph.
        using DisposeScope scope = torch.NewDisposeScope();
        return scope.MoveToOuter(apply(arguments));
    }

    public override torch.Tensor forward(torch.autograd.AutogradContext context, params object[] vars)
    {
        Tap tap = (Tap)vars[1];
        context.save_data(TapKey, tap);
        context.set_materialize_grads(false);
        torch.Tensor output = (torch.Tensor)vars[0];
        return tap.IsCloning ? output.clone() : output;
    }

    // Called from native frames: nothing may be thrown through them, the tap keeps its error for the run.
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext context, torch.Tensor gradient)
    {
        Tap tap = (Tap)context.get_data(TapKey);
        tap.Answer[0] = tap.Receive(gradient) ? gradient : null!;
        return tap.Answer;
    }
}
