using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks;

/// <summary>A network with auxiliary heads (class InceptionAux): registered, so that their weights load, and passed by, as torchvision does outside of training.</summary>
internal sealed class AuxiliaryNetwork : Block
{
    private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

    /// <param name="className">torchvision's class.</param>
    /// <param name="steps">In order of registration; a step without a name is a function, not a module.</param>
    public AuxiliaryNetwork(string className, params IEnumerable<(string? Name, nn.Module<Tensor, Tensor> Step)> steps)
        : base(className)
    {
        foreach ((string? name, nn.Module<Tensor, Tensor> step) in steps)
        {
            if (name is not null)
            {
                Add(name, step);
            }

            if (step.GetName() != "InceptionAux")
            {
                _steps.Add(step);
            }
        }
    }

    public override Tensor forward(Tensor input) => Chain(input, CollectionsMarshal.AsSpan(_steps));
}
