namespace CAManim.Native.Kernels.Reduction;

/// <summary>The sizes of one reduction, as kernels take them.</summary>
internal struct FusedShape
{
    public int Channels;

    /// <summary>Fours of pixels of a channel.</summary>
    public int Fours;

    /// <summary>Parts that the channels are shared in; segments of a channel where weights are summed.</summary>
    public int Parts;

    /// <summary><see cref="Reduction.Weighting"/>.</summary>
    public int Weighting;
}
