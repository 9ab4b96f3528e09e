using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>Runs batches of perturbed images without gradients and scores each of them.</summary>
internal sealed class BatchedForwards(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, TargetScore target, int batchSize, Precision precision, CancellationToken cancellation)
{
    private int _batchSize = batchSize;

    /// <summary>The network.</summary>
    public nn.Module<Tensor, Tensor> Model => model;

    /// <summary>Its modules.</summary>
    public IReadOnlyList<ModuleNode> Nodes => nodes;

    /// <summary>What is explained.</summary>
    public TargetScore Target => target;

    /// <summary>Runs images, with gradients where the caller has them on.</summary>
    /// <param name="input">The network's.</param>
    /// <param name="forward">The network's output.</param>
    /// <param name="images">How many.</param>
    /// <param name="score">Of what the target takes: the logits, or the network's output.</param>
    public Tensor Run(Tensor input, Func<Tensor> forward, int images, Func<Tensor, Tensor> score)
    {
        cancellation.ThrowIfCancellationRequested();
        using Autocast? autocast = Autocast.For(precision, input);
        if (target.TakesOutput)
        {
            return score(forward());
        }

        using LogitReader reader = new(model, nodes);
        return score(reader.Read(forward(), images));
    }

    /// <summary>Runs batches until all images are scored; where one does not fit into the memory, its halves and no larger ones from then on.</summary>
    /// <param name="input">The network's, of one image.</param>
    /// <param name="forward">The network's output for images: the first one's number and how many; one row an image.</param>
    /// <param name="scores">One for each image.</param>
    /// <param name="change">What becomes of the logits before they are scored; null: nothing.</param>
    public void Score(Tensor input, Func<int, int, Tensor> forward, Span<double> scores, Func<Tensor, Tensor>? change = null)
    {
        for (int from = 0; from < scores.Length;)
        {
            int count = Math.Min(_batchSize, scores.Length - from);
            try
            {
                Score(input, () => forward(from, count), scores.Slice(from, count), change);
                from += count;
            }
            catch (ExternalException error) when (count > 1 && DeviceMemory.IsExhausted(error))
            {
                _batchSize = count / 2;
            }
        }
    }

    private void Score(Tensor input, Func<Tensor> forward, Span<double> scores, Func<Tensor, Tensor>? change)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        MemoryMarshal.Cast<byte, double>(Run(input, forward, scores.Length, output => target.OfBatch(change is null ? output : change(output))).contiguous().bytes).CopyTo(scores);
    }
}
