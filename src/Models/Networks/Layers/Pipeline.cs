using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>
/// A module whose forward is its steps one after the other. A step without a name is a function that the module's own code
/// calls in torchvision: it is no module there, and is not registered here.
/// </summary>
internal sealed class Pipeline : Block
{
    private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

    /// <param name="className">torchvision's class.</param>
    /// <param name="steps">Steps in order of registration and of execution.</param>
    public Pipeline(string className, params IEnumerable<(string? Name, nn.Module<Tensor, Tensor> Step)> steps)
        : base(className)
    {
        foreach ((string? name, nn.Module<Tensor, Tensor> step) in steps)
        {
            _steps.Add(name is null ? step : Add(name, step));
        }
    }

    public override Tensor forward(Tensor input) => Chain(input, CollectionsMarshal.AsSpan(_steps));
}
