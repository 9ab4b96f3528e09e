using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>A network on a card with little memory: larger batches are refused in libtorch's words.</summary>
internal sealed class ForgetfulNet : nn.Module<Tensor, Tensor>
{
    private readonly int _most;
    private readonly nn.Module<Tensor, Tensor> chain;

    /// <param name="most">Images that fit.</param>
    /// <param name="twin">Whose parameters it shares, or null.</param>
    public ForgetfulNet(int most, ForgetfulNet? twin = null)
        : base(nameof(ForgetfulNet))
    {
        _most = most;
        chain = twin?.chain ?? TestNets.Chain(inplace: false);
        RegisterComponents();
    }

    /// <summary>Batches that were refused.</summary>
    public int Refused { get; private set; }

    public override Tensor forward(Tensor input)
    {
        Check(input);
        Tensor output = chain.call(input);

        // A batch may also begin at a layer.
        Check(output);
        return output;
    }

    private void Check(Tensor images)
    {
        if (images.shape[0] > _most)
        {
            Refused++;
            throw new CardException("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 3.00 GiB.");
        }
    }

    /// <summary>TorchSharp throws the base class.</summary>
    private sealed class CardException(string message) : ExternalException(message);
}
