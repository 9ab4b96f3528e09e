namespace CAManim.Native.Engine.Road.Pipeline;

/// <summary>Images for the network, some at a time, and the place where their logits go.</summary>
/// <typeparam name="TItem">What an image is, handed back with its logits.</typeparam>
internal interface IImageSource<TItem>
{
    /// <summary>Parts that the chosen images are written in.</summary>
    int Parts { get; }

    /// <summary>Chooses the next images that can be written side by side; called by one thread at a time, not always the same.</summary>
    /// <param name="items">Room for what they are, one or more.</param>
    /// <returns>Their number; 0 where none are left.</returns>
    int Choose(Span<TItem> items);

    /// <summary>Writes one part of the chosen images, each part once; different parts at the same time on different threads.</summary>
    /// <param name="part">From 0.</param>
    /// <param name="images">All chosen images, [n,C,H,W].</param>
    void Write(int part, Span<float> images);

    /// <summary>Takes an image's logits [K], in the order of choosing, on the thread of the run.</summary>
    void Accept(TItem item, ReadOnlySpan<float> logits);

    /// <summary>Called on the thread of the run after each batch.</summary>
    void EndBatch();
}
