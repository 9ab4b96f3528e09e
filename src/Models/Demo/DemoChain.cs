using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Demo;

/// <summary>
/// Modules called one after the other, named "0", "1", ... as torch's Sequential names them. Unlike TorchSharp's it leaves
/// what flows between its children alive, so that a layer's output can be kept.
/// </summary>
internal sealed class DemoChain : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor>[] _children;

    /// <summary>Takes over the children.</summary>
    public DemoChain(params nn.Module<Tensor, Tensor>[] children)
        : base(nameof(DemoChain))
    {
        _children = children;
        for (int i = 0; i < children.Length; i++)
        {
            register_module(i.ToString(CultureInfo.InvariantCulture), children[i]);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor value = input;
        foreach (nn.Module<Tensor, Tensor> child in _children)
        {
            value = child.call(value);
        }

        return value;
    }
}
