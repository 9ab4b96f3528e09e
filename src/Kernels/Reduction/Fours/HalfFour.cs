namespace CAManim.Native.Kernels.Reduction.Fours;

/// <summary>Four float16: 8 bytes.</summary>
internal struct HalfFour : IFour
{
    public uint Low;
    public uint High;

    /// <inheritdoc/>
    public readonly FloatFour Widen() => new()
    {
        A = NarrowBits.FromHalf(Low & 0xFFFF),
        B = NarrowBits.FromHalf(Low >> 16),
        C = NarrowBits.FromHalf(High & 0xFFFF),
        D = NarrowBits.FromHalf(High >> 16),
    };
}
