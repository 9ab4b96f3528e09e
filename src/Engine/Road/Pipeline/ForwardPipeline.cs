using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Kernels.Threads;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Pipeline;

/// <summary>Forwards of many images in batches, without gradients; the next batch is written while the network works on this one where a processor is left for it.</summary>
internal static class ForwardPipeline
{
    // 16 images of 224 x 224: more gain nothing, and activations grow with the batch.
    private const long DefaultPixels = 16 * 224 * 224;
    private const int MaximumDefault = 64;

    /// <summary>Images a forward for an input of H x W where the caller does not say.</summary>
    public static int DefaultBatchSize(long height, long width) => (int)Math.Clamp(DefaultPixels / (height * width), 1, MaximumDefault);

    /// <summary>Runs until the source is empty. The network is left as it was found.</summary>
    /// <param name="model">The network, images [N,C,H,W] to logits [N,K].</param>
    /// <param name="input">[1,C,H,W]: shape, type and device of what the network takes.</param>
    /// <param name="source">The images.</param>
    /// <param name="options">How the images reach it.</param>
    /// <param name="cancellation">Looked at before each image and each forward.</param>
    /// <exception cref="CamException">The network does not return logits, or the precision is not to be had.</exception>
    public static void Run<TItem>(
        nn.Module<Tensor, Tensor> model, Tensor input, IImageSource<TItem> source, PipelineOptions options, CancellationToken cancellation)
    {
        options = options.Choose(input.device);
        (int batchSize, bool isOverlapping, int writers) = (options.BatchSize, options.IsOverlapping!.Value, options.Writers!.Value);
        lock (model)
        {
            ProcessorGate.Pass(input, options.Precision);
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradients = no_grad();
            using Autocast? autocast = Autocast.For(options.Precision, input);
            IReadOnlyList<ModuleNode> nodes = ModuleTree.Walk(model);
            using ModelState state = new(model, nodes.Select(n => n.Module));
            using LogitReader reader = new(model, nodes);
            ImageBatch<TItem> current = new(batchSize, input.shape.AsSpan(1));
            ImageBatch<TItem> next = isOverlapping ? new(batchSize, input.shape.AsSpan(1)) : current;
            Task? writing = null;
            try
            {
                current.Fill(source, writers, cancellation);
                while (current.Count > 0)
                {
                    if (isOverlapping)
                    {
                        ImageBatch<TItem> batch = next;
                        writing = Task.Run(() => batch.Fill(source, writers, cancellation), CancellationToken.None);
                    }

                    Forward(model, reader, input, current.Images, 0, current.Items, source);
                    source.EndBatch();
                    cancellation.ThrowIfCancellationRequested();
                    if (isOverlapping)
                    {
                        writing!.GetAwaiter().GetResult();
                        (current, next) = (next, current);
                    }
                    else
                    {
                        current.Fill(source, writers, cancellation);
                    }
                }

                source.EndBatch();
            }
            finally
            {
                // The batch's memory must not go while somebody writes to it; what went wrong there is thrown above, or comes second.
                ((IAsyncResult?)writing)?.AsyncWaitHandle.WaitOne();
                TorchThreads.Release();
            }
        }
    }

    /// <summary>Runs images that are made where the network is, as they come. The network is left as it was found.</summary>
    /// <param name="model">The network, images [N,C,H,W] to logits [N,K].</param>
    /// <param name="input">[1,C,H,W]: shape, type and device of what the network takes.</param>
    /// <param name="batches">Images and what they are; images are disposed here.</param>
    /// <param name="source">Where the logits go; not asked for images.</param>
    /// <param name="options">How the images reach it.</param>
    /// <param name="cancellation">Looked at before each forward.</param>
    /// <exception cref="CamException">The network does not return logits, or the precision is not to be had.</exception>
    public static void Run<TItem>(
        nn.Module<Tensor, Tensor> model, Tensor input, IEnumerable<(Tensor Images, TItem[] Items)> batches, IImageSource<TItem> source, PipelineOptions options, CancellationToken cancellation)
    {
        lock (model)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradients = no_grad();
            using Autocast? autocast = Autocast.For(options.Precision, input);
            IReadOnlyList<ModuleNode> nodes = ModuleTree.Walk(model);
            using ModelState state = new(model, nodes.Select(n => n.Module));
            using LogitReader reader = new(model, nodes);
            try
            {
                foreach ((Tensor images, TItem[] items) in batches)
                {
                    using Tensor made = images;
                    for (int first = 0; first < items.Length; first += options.BatchSize)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        int count = Math.Min(options.BatchSize, items.Length - first);
                        Forward(model, reader, input, made, first, items.AsSpan(first, count), source);
                    }

                    source.EndBatch();
                }

                source.EndBatch();
            }
            finally
            {
                TorchThreads.Release();
            }
        }
    }

    /// <summary>Some of the images, as many as there are items; where the device's memory is too small, its halves one after the other.</summary>
    private static void Forward<TItem>(nn.Module<Tensor, Tensor> model, LogitReader reader, Tensor input, Tensor images, int first, ReadOnlySpan<TItem> items, IImageSource<TItem> source)
    {
        using DisposeScope scope = NewDisposeScope();
        int count = items.Length;
        Tensor output;
        try
        {
            output = reader.Read(model.call(images.narrow(0, first, count).to(input.dtype, input.device)), count);
        }
        catch (ExternalException error) when (count > 1 && DeviceMemory.IsExhausted(error))
        {
            scope.DisposeEverything();
            int half = count / 2;
            Forward(model, reader, input, images, first, items[..half], source);
            Forward(model, reader, input, images, first + half, items[half..], source);
            return;
        }

        if (output.dim() != 2 || output.size(0) != count)
        {
            throw new CamException($"The network returned shape [{string.Join(',', output.shape)}]; logits [{count},K] are expected.");
        }

        Tensor logits = output.to(ScalarType.Float32, CPU).contiguous();
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(logits.bytes);
        int classes = values.Length / count;
        for (int n = 0; n < count; n++)
        {
            source.Accept(items[n], values.Slice(n * classes, classes));
        }
    }
}
