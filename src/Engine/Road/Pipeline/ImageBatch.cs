using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Pipeline;

/// <summary>Memory for one batch, written by the source and read by the network without a copy.</summary>
internal sealed class ImageBatch<TItem>
{
    private readonly Tensor _images;
    private readonly int _imageSize;
    private readonly TItem[] _items;

    /// <param name="capacity">Images.</param>
    /// <param name="shape">C, H, W.</param>
    public ImageBatch(int capacity, ReadOnlySpan<long> shape)
    {
        _images = empty([capacity, .. shape], ScalarType.Float32, CPU);
        _imageSize = (int)(shape[0] * shape[1] * shape[2]);
        _items = new TItem[capacity];
    }

    /// <summary>What the images are.</summary>
    public ReadOnlySpan<TItem> Items => _items.AsSpan(0, Count);

    /// <summary>Number of images written.</summary>
    public int Count { get; private set; }

    /// <summary>The written images, [Count,C,H,W], a view.</summary>
    public Tensor Images => _images.narrow(0, 0, Count);

    /// <summary>Writes images until the batch is full or the source empty.</summary>
    /// <param name="source">The images.</param>
    /// <param name="writers">Threads that write, this one among them.</param>
    /// <param name="cancellation">Looked at before each part.</param>
    public void Fill(IImageSource<TItem> source, int writers, CancellationToken cancellation)
    {
        Count = 0;
        while (Count < _items.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            int chosen = source.Choose(_items.AsSpan(Count));
            if (chosen == 0)
            {
                return;
            }

            Write(source, chosen, Math.Min(writers, source.Parts), cancellation);
            Count += chosen;
        }
    }

    private void Write(IImageSource<TItem> source, int chosen, int writers, CancellationToken cancellation)
    {
        int next = -1;
        if (writers == 1)
        {
            WriteParts();
            return;
        }

        try
        {
            Parallel.For(0, writers, _ => WriteParts());
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        // Parts differ in their cost: whoever is done takes the next.
        void WriteParts()
        {
            Span<float> images = MemoryMarshal.Cast<byte, float>(_images.bytes).Slice(Count * _imageSize, chosen * _imageSize);
            for (int part = Interlocked.Increment(ref next); part < source.Parts; part = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                source.Write(part, images);
            }
        }
    }
}
