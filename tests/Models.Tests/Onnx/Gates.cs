using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>What the ReLUs of an exported network let through for one picture.</summary>
internal sealed class Gates : IDisposable
{
    private readonly Dictionary<string, Tensor> _open = [];

    /// <summary>1 where a ReLU's input is positive, else 0, by node.</summary>
    public static Gates Of(nn.Module<Tensor, Tensor> exported, Tensor input)
    {
        Gates gates = new();
        List<Action> removals = [];
        foreach ((string name, nn.Module<Tensor, Tensor> relu) in Find(exported, "Relu"))
        {
            var hook = relu.register_forward_hook((_, _, output) =>
            {
                using Tensor positive = output.gt(0);
                gates._open[name] = positive.to(output.dtype).DetachFromDisposeScope();
                return output;
            });
            removals.Add(hook.remove);
        }

        using var noGradient = no_grad();
        exported.call(input).Dispose();
        removals.ForEach(remove => remove());
        return gates;
    }

    /// <summary>Makes the ReLUs of the original network let through the same, until the result is disposed.</summary>
    /// <param name="original">The network that was exported.</param>
    /// <param name="report">Told of each ReLU how far from zero its own decision would have been another, as a share of its largest input.</param>
    public IDisposable Force(nn.Module<Tensor, Tensor> original, Action<double> report)
    {
        Removal removal = new();
        foreach ((string name, nn.Module<Tensor, Tensor> relu) in Find(original, "ReLU"))
        {
            Tensor open = _open[NodeNames.LastNode(name, _open.Keys)!];
            var hook = relu.register_forward_hook((_, before, _) =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor size = before.detach().abs();
                Tensor other = before.detach().gt(0).to(open.dtype).sub(open).abs();
                report(size.mul(other).max().item<float>() / (double)size.max().item<float>());
                return before.mul(open).MoveToOuterDisposeScope();
            });
            removal.Actions.Add(hook.remove);
        }

        return removal;
    }

    public void Dispose()
    {
        foreach (Tensor gate in _open.Values)
        {
            gate.Dispose();
        }
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Find(nn.Module network, string moduleClass) =>
        network.named_modules().Where(m => m.module.GetName() == moduleClass).Select(m => (m.name, (nn.Module<Tensor, Tensor>)m.module));

    private sealed class Removal : IDisposable
    {
        public List<Action> Actions { get; } = [];

        public void Dispose() => Actions.ForEach(remove => remove());
    }
}
