using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Branches side by side, joined along the channels: Inception, Fire.</summary>
internal sealed class Branching : Block
{
    private readonly Branch _root;

    public Branching(string className, Branch root)
        : base(className)
    {
        _root = root;
        Register(root);
    }

    public override Tensor forward(Tensor input)
    {
        var leaves = new List<Tensor>();
        Run(_root, input, leaves);
        Tensor joined = cat(leaves, 1);
        leaves.ForEach(leaf => leaf.Dispose());
        return joined;
    }

    private static void Run(Branch branch, Tensor input, List<Tensor> leaves)
    {
        Tensor result = Chain(input, Array.ConvertAll(branch.Steps, s => s.Step));
        if (branch.Forks.Length == 0)
        {
            leaves.Add(result);
            return;
        }

        foreach (Branch fork in branch.Forks)
        {
            Run(fork, result, leaves);
        }

        if (!ReferenceEquals(result, input))
        {
            result.Dispose();
        }
    }

    private void Register(Branch branch)
    {
        foreach ((string? name, nn.Module<Tensor, Tensor> step) in branch.Steps)
        {
            if (name is not null)
            {
                Add(name, step);
            }
        }

        Array.ForEach(branch.Forks, Register);
    }
}
