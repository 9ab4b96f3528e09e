using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>x + branch(x), or the branch alone where the shapes differ; the shape of every inverted residual of the zoo.</summary>
internal sealed class Residual : Block
{
    private readonly Sequential _branch;
    private readonly StochasticDepth? _depth;
    private readonly bool _isResidual;

    /// <param name="className">torchvision's class.</param>
    /// <param name="name">Name of the branch.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="isResidual">Whether the input is added.</param>
    /// <param name="dropProbability">Probability that training drops the branch; null: the class has no such module.</param>
    public Residual(string className, string name, Sequential branch, bool isResidual, double? dropProbability = null)
        : base(className)
    {
        _branch = Add(name, branch);
        _depth = dropProbability is { } p ? Add("stochastic_depth", new StochasticDepth(p)) : null;
        _isResidual = isResidual;
    }

    public override Tensor forward(Tensor input)
    {
        if (!_isResidual)
        {
            return _branch.call(input);
        }

        using Tensor branch = _depth is null ? _branch.call(input) : Chain(input, _branch, _depth);
        return branch.Plus(input);
    }
}
