using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Pipeline;

/// <summary>Memory for one batch, written by the source and read by the network without a copy.</summary>
/// <remarks>Other threads help to write as items of the thread pool: the batch itself is the item, so that nothing is allocated.</remarks>
internal sealed class ImageBatch<TItem> : IThreadPoolWorkItem
{
    private readonly Tensor _images;
    private readonly int _imageSize;
    private readonly TItem[] _items;

    // What is written at the moment.
    private IImageSource<TItem>? _source;
    private CancellationToken _cancellation;
    private int _first;
    private int _chosen;

    // Parts, and in the lower half those that were taken: whoever adds one learns in the same instant whether there is a part for him, so
    // that a helper who comes too late, or in the middle of the next writing, does no harm.
    private long _taken;
    private int _done;
    private Exception? _error;

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

    /// <summary>The memory of all images, [capacity,C,H,W]; the first <see cref="Count"/> are written.</summary>
    public Tensor Images => _images;

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

            (_source, _cancellation, _first, _chosen, _error, _done) = (source, cancellation, Count, chosen, null, 0);
            Write(source.Parts, Math.Min(writers, source.Parts) - 1);
            Count += chosen;
        }
    }

    void IThreadPoolWorkItem.Execute() => WriteParts();

    private void Write(int parts, int helpers)
    {
        Volatile.Write(ref _taken, (long)parts << 32);
        for (int helper = 0; helper < helpers; helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        // Never waits for a part that nobody took: where the pool is busy, this thread writes them all.
        WriteParts();
        SpinWait spin = default;
        while (Volatile.Read(ref _done) < parts)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (_error is not null)
        {
            ExceptionDispatchInfo.Throw(_error);
        }
    }

    // Parts differ in their cost: whoever is done takes the next.
    private void WriteParts()
    {
        while (true)
        {
            long taken = Interlocked.Increment(ref _taken);
            int part = (int)(taken & int.MaxValue) - 1;
            if (part >= (int)(taken >> 32))
            {
                return;
            }

            try
            {
                if (_error is null)
                {
                    _cancellation.ThrowIfCancellationRequested();
                    Span<float> images = MemoryMarshal.Cast<byte, float>(_images.bytes).Slice(_first * _imageSize, _chosen * _imageSize);
                    _source!.Write(part, images);
                }
            }
            catch (Exception error)
            {
                // The first is thrown by the thread of the run.
                Interlocked.CompareExchange(ref _error, error, null);
            }

            Interlocked.Increment(ref _done);
        }
    }
}
