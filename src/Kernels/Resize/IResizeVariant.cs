namespace CAManim.Native.Kernels.Resize;

/// <summary>The row operations of the resize; one implementation a variant, all with the same bits.</summary>
internal unsafe interface IResizeVariant
{
    /// <summary>
    /// row_x = a + share_x (b - a), a = source[first_x], b = source[second_x], in a fused multiply-add; NaN where a or b is not finite.
    /// </summary>
    /// <param name="source">One source row.</param>
    /// <param name="sourceWidth">Its length.</param>
    /// <param name="left">Floats that may be read from its beginning on, <paramref name="sourceWidth"/> or more.</param>
    /// <param name="first">Positions of a.</param>
    /// <param name="second">Positions of b.</param>
    /// <param name="share">Shares of b.</param>
    /// <param name="row">The result.</param>
    /// <param name="width">Its length, a multiple of 16.</param>
    /// <param name="rectify">Whether a and b are replaced by max(·, 0) first, NaN kept.</param>
    static abstract void Horizontal(float* source, int sourceWidth, nint left, int* first, int* second, float* share, float* row, int width, bool rectify);

    /// <summary>target_x = top_x + share (bottom_x - top_x), in a fused multiply-add.</summary>
    static abstract void Vertical(float* top, float* bottom, float share, float* target, int width);

    /// <summary>Lowers extremes[0..15] and raises extremes[16..31] to the values of <see cref="Vertical"/>, passing over NaN; width is a multiple of 16.</summary>
    static abstract void VerticalExtrema(float* top, float* bottom, float share, int width, float* extremes);
}
