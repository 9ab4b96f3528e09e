namespace CAManim.Native.Engine.Methods.Components;

/// <summary>A symmetric matrix [m,m] by what <see cref="Lanczos"/> asks of it.</summary>
internal interface ISymmetricMatrix
{
    /// <summary>y = M x.</summary>
    /// <param name="x">[m].</param>
    /// <param name="y">[m], overwritten; it does not overlap x.</param>
    void Multiply(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>The elements M_ii.</summary>
    /// <param name="diagonal">[m], overwritten.</param>
    void WriteDiagonal(Span<float> diagonal);
}
