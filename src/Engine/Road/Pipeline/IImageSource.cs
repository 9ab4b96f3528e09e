namespace CAManim.Native.Engine.Road.Pipeline;

/// <summary>Images for the network, one after another, and the place where their logits go.</summary>
/// <typeparam name="TItem">What an image is, handed back with its logits.</typeparam>
internal interface IImageSource<TItem>
{
    /// <summary>Writes the next image; called by one thread at a time, not always the same.</summary>
    /// <param name="image">[C,H,W].</param>
    /// <param name="item">What the image is.</param>
    /// <returns>False, and nothing written, where there is none left.</returns>
    bool TryWrite(Span<float> image, out TItem item);

    /// <summary>Takes an image's logits [K], in the order of writing, on the thread of the run.</summary>
    void Accept(TItem item, ReadOnlySpan<float> logits);

    /// <summary>Called on the thread of the run after each batch.</summary>
    void EndBatch();
}
