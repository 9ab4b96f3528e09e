using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine;

/// <summary>A network that returns something else than a tensor (a tuple, a dictionary), as one that returns the tensor the maps are about.</summary>
/// <typeparam name="TResult">What the network returns.</typeparam>
internal sealed class OutputModule<TResult> : nn.Module<Tensor, Tensor>, IOutputModule
{
    private readonly nn.Module<Tensor, TResult> _inner;
    private readonly Func<TResult, Tensor> _select;

    public OutputModule(nn.Module<Tensor, TResult> inner, Func<TResult, Tensor> select)
        : base(inner.GetName())
    {
        (_inner, _select) = (inner, select);
    }

    public nn.Module Network => _inner;

    public override Tensor forward(Tensor input) => _select(_inner.call(input));

    // The network stands in its own place: its modules keep their names.
    public override IEnumerable<(string name, nn.Module module)> named_children() => [("", _inner)];
}
