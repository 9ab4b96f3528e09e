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
    public void Fill(IImageSource<TItem> source, CancellationToken cancellation)
    {
        Span<float> images = MemoryMarshal.Cast<byte, float>(_images.bytes);
        for (Count = 0; Count < _items.Length; Count++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!source.TryWrite(images.Slice(Count * _imageSize, _imageSize), out _items[Count]))
            {
                return;
            }
        }
    }
}
