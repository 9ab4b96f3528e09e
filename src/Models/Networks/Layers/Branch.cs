using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Steps, and what goes on from their result: nothing, or several branches whose results are joined.</summary>
internal sealed record Branch((string? Name, nn.Module<Tensor, Tensor> Step)[] Steps, params Branch[] Forks)
{
    /// <summary>A branch without forks; a step without a name is a function, not a module.</summary>
    public static Branch Of(params (string? Name, nn.Module<Tensor, Tensor> Step)[] steps) => new(steps);
}
