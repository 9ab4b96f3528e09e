using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Modules one after the other; what flows between them is disposed. Empty: the identity.</summary>
internal class Sequential : Block
{
    private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

    public Sequential(params IEnumerable<nn.Module<Tensor, Tensor>> steps)
        : this(nameof(Sequential), steps)
    {
    }

    public Sequential(IEnumerable<(string Name, nn.Module<Tensor, Tensor> Step)> steps)
        : base(nameof(Sequential))
    {
        foreach ((string name, nn.Module<Tensor, Tensor> step) in steps)
        {
            _steps.Add(Add(name, step));
        }
    }

    protected Sequential(string className, IEnumerable<nn.Module<Tensor, Tensor>> steps)
        : base(className)
    {
        foreach (nn.Module<Tensor, Tensor> step in steps)
        {
            _steps.Add(Add($"{_steps.Count}", step));
        }
    }

    public override Tensor forward(Tensor input) =>
        _steps.Count == 0 ? input.alias() : Chain(input, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_steps));
}
