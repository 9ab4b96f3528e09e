namespace CAManim.Native.Kernels.Pictures;

/// <summary>A part of a scaled picture. The whole may be larger than memory: only the part is computed.</summary>
/// <param name="ScaledWidth">W of the whole.</param>
/// <param name="ScaledHeight">H of the whole.</param>
/// <param name="Left">First column of the part.</param>
/// <param name="Top">First row of the part.</param>
/// <param name="Width">W of the part.</param>
/// <param name="Height">H of the part.</param>
public readonly record struct PictureCut(long ScaledWidth, long ScaledHeight, long Left, long Top, int Width, int Height)
{
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the part reaches beyond the whole.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Left);
        ArgumentOutOfRangeException.ThrowIfNegative(Top);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Left, ScaledWidth - Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Top, ScaledHeight - Height);
    }
}
