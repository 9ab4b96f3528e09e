using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>One call of one module, for one image and one target, that is to be perturbed.</summary>
internal sealed record PerturbedLayer
{
    /// <summary>The module.</summary>
    public required ModuleNode Node { get; init; }

    /// <summary>Number of its call, from 0.</summary>
    public required int Call { get; init; }

    /// <summary>How its output is laid out.</summary>
    public required OutputLayout Layout { get; init; }

    /// <summary>The network's input [1,C,H,W].</summary>
    public required Tensor Input { get; init; }

    /// <summary>What the module returned, one image of it.</summary>
    public required Tensor Activation { get; init; }

    /// <summary>The activation as [1,C,h,w].</summary>
    public required Tensor Folded { get; init; }

    /// <summary>y, the score of the image as it is.</summary>
    public required double Score { get; init; }

    /// <summary>The channels to look at, in ascending order.</summary>
    public required int[] Chosen { get; init; }

    /// <summary>What was asked for.</summary>
    public required CamOptions Options { get; init; }

    /// <summary>C.</summary>
    public int Channels => (int)Folded.shape[1];
}
