using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Modules one after the other; what flows between them is disposed. Empty: the identity.</summary>
internal sealed class Sequential : Block
{
    private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

    public Sequential(params IEnumerable<nn.Module<Tensor, Tensor>> steps)
        : this(nameof(Sequential), steps)
    {
    }

    public Sequential(string className, IEnumerable<nn.Module<Tensor, Tensor>> steps)
        : this(className, steps.Select((step, i) => ($"{i}", step)))
    {
    }

    public Sequential(string className, IEnumerable<(string Name, nn.Module<Tensor, Tensor> Step)> steps)
        : base(className)
    {
        foreach ((string name, nn.Module<Tensor, Tensor> step) in steps)
        {
            _steps.Add(Add(name, step));
        }
    }

    public override Tensor forward(Tensor input) => _steps.Count == 0 ? input.alias() : Chain(input, CollectionsMarshal.AsSpan(_steps));
}
