using CAManim.Native.Kernels.Reduction.Terms;

namespace CAManim.Native.Kernels.Reduction;

/// <summary>The two sums that every weighting is made of; one implementation a variant, all with the same bits.</summary>
internal unsafe interface IReductionVariant
{
    /// <summary>
    /// The sum of a term over the pixels of one channel, in 64 partial sums: pixel i goes to partial sum i mod 64.
    /// </summary>
    /// <param name="a">The channel's activation, n floats.</param>
    /// <param name="g">The channel's gradient, n floats.</param>
    /// <param name="n">h·w.</param>
    /// <param name="rest">Floats of the tensor behind this channel; they may be read, never used.</param>
    /// <param name="parameter">The term's parameter.</param>
    static abstract float SumPixels<TTerm>(float* a, float* g, nint n, nint rest, float parameter)
        where TTerm : ITerm;

    /// <summary>
    /// Adds a term over <paramref name="channels"/> channels, in their order, to the pixels [from, to) of the map.
    /// </summary>
    /// <param name="a">First channel's activation.</param>
    /// <param name="g">First channel's gradient.</param>
    /// <param name="weights">One parameter a channel, or null where the term has none.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="n">h·w, the distance of two channels.</param>
    /// <param name="rest">Floats of the tensor behind the last of these channels.</param>
    /// <param name="from">First pixel.</param>
    /// <param name="to">Behind the last pixel.</param>
    /// <param name="map">S, n floats.</param>
    /// <param name="fresh">Whether to start at 0 instead of at what the map holds.</param>
    static abstract void AddChannels<TTerm>(float* a, float* g, float* weights, int channels, nint n, nint rest, nint from, nint to, float* map, bool fresh)
        where TTerm : ITerm;
}
