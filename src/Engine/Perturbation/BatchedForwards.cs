using System.Runtime.InteropServices;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>Runs batches of perturbed images without gradients and scores each of them.</summary>
internal sealed class BatchedForwards(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, TargetScore target, int batchSize, CancellationToken cancellation)
{
    /// <summary>The network.</summary>
    public nn.Module<Tensor, Tensor> Model => model;

    /// <summary>Its modules.</summary>
    public IReadOnlyList<ModuleNode> Nodes => nodes;

    /// <summary>What is explained.</summary>
    public TargetScore Target => target;

    /// <summary>Most images of one forward.</summary>
    public int BatchSize => batchSize;

    /// <summary>Runs one image, with gradients where the caller has them on.</summary>
    public Tensor Run(Func<Tensor> forward)
    {
        cancellation.ThrowIfCancellationRequested();
        return forward();
    }

    /// <summary>Runs one batch.</summary>
    /// <param name="forward">The network's output, one row an image.</param>
    /// <param name="scores">One for each image of the batch.</param>
    public void Score(Func<Tensor> forward, Span<double> scores)
    {
        cancellation.ThrowIfCancellationRequested();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        MemoryMarshal.Cast<byte, double>(target.OfBatch(forward()).contiguous().bytes).CopyTo(scores);
    }
}
