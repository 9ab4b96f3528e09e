namespace CAManim.Native.Engine;

/// <summary>In what order the elements of images and activations lie in memory while a network runs; the network itself is not changed.</summary>
public enum MemoryFormat
{
    /// <summary>[N,C,H,W], row-major.</summary>
    Contiguous,

    /// <summary>
    /// The channels of a pixel side by side. Convolutions of cards with tensor cores work so and need not turn anything round; maps are
    /// made from turned copies.
    /// </summary>
    ChannelsLast,
}
