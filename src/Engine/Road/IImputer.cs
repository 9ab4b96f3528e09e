namespace CAManim.Native.Engine.Road;

/// <summary>Fills removed pixels, for several threads at the same time; the kernel in the product, a slow float64 solver in tests.</summary>
internal interface IImputer
{
    /// <summary>Writes the whole image, known pixels as they were.</summary>
    /// <param name="image">[C,H,W].</param>
    /// <param name="removed">[H,W], 1 where the pixel is removed; at least one is kept.</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="result">[C,H,W].</param>
    void Impute(ReadOnlySpan<float> image, ReadOnlySpan<byte> removed, int channels, int height, int width, Span<float> result);
}
