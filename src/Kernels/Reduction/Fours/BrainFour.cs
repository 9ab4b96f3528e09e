namespace CAManim.Native.Kernels.Reduction.Fours;

/// <summary>Four bfloat16: 8 bytes.</summary>
internal struct BrainFour : IFour
{
    public uint Low;
    public uint High;

    /// <inheritdoc/>
    public readonly FloatFour Widen() => new()
    {
        A = NarrowBits.FromBrain(Low & 0xFFFF),
        B = NarrowBits.FromBrain(Low >> 16),
        C = NarrowBits.FromBrain(High & 0xFFFF),
        D = NarrowBits.FromBrain(High >> 16),
    };
}
