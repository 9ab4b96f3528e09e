namespace CAManim.Native.Kernels.Frames;

/// <summary>What the frame kernel does to a row; one implementation for each width of vector, all with the same term grouping.</summary>
internal interface IFrameRows
{
    /// <summary>first·(1 - share) + second·share.</summary>
    static abstract void Mix(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float share, Span<float> result);

    /// <summary>(value - minimum) / range, clamped, as a colour over the picture.</summary>
    static abstract void Colour(ReadOnlySpan<float> values, float minimum, float range, ReadOnlySpan<uint> image, ReadOnlySpan<uint> table, uint weight, Span<uint> pixels);

    /// <summary>Foreground over background by coverage.</summary>
    static abstract void Cover(ReadOnlySpan<byte> coverage, uint foreground, uint background, Span<uint> pixels);

    /// <summary>Y of every pixel.</summary>
    static abstract void Luma(ReadOnlySpan<uint> pixels, Span<byte> luma);

    /// <summary>Cb and Cr of every pixel.</summary>
    static abstract void Chroma(ReadOnlySpan<uint> pixels, Span<byte> blue, Span<byte> red);

    /// <summary>Cb and Cr of every square of four pixels; an odd last column counts twice.</summary>
    static abstract void ChromaOfFour(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, Span<byte> blue, Span<byte> red);
}
