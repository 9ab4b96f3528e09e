using System.Runtime.InteropServices;
using CAManim.Native.Models.Demo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>
/// A second head, for training only: a 1x1 convolution on the last maps that says of every cell which class lies there. It teaches the
/// features what an object is, with a fraction of the images that labels alone would need, and is thrown away afterwards. The head that
/// classifies learns from labels alone.
/// </summary>
internal sealed class AuxiliaryHead : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _features;
    private readonly nn.Module<Tensor, Tensor>.HookRemover _hook;
    private Tensor? _maps;

    /// <summary>Attaches a head to <c>layer4</c> of a network.</summary>
    public AuxiliaryHead(nn.Module<Tensor, Tensor> network, int classes)
    {
        _features = (nn.Module<Tensor, Tensor>)network.named_children().First(child => child.name == "layer4").module;

        // A handle of our own: the network disposes its own as soon as the next module has been called.
        _hook = _features.register_forward_hook((_, _, output) =>
        {
            _maps = output.alias();
            return output;
        });
        int channels = (int)_features.parameters().Last().shape[0];
        Weight = new Parameter(zeros(classes + 1, channels, 1, 1));
        Bias = new Parameter(zeros(classes + 1));
    }

    /// <summary>[classes+1,C,1,1].</summary>
    public Parameter Weight { get; }

    /// <summary>[classes+1].</summary>
    public Parameter Bias { get; }

    /// <summary>Cross entropy of the cells of the last forward pass against their targets, a mean over the images.</summary>
    public Tensor Loss(Tensor cells)
    {
        Tensor scores = nn.functional.conv2d(_maps!, Weight, Bias);
        return nn.functional.log_softmax(scores, 1).mul(cells).sum([1, 2, 3]).mean().neg();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hook.remove();
        Weight.Dispose();
        Bias.Dispose();
    }
}
