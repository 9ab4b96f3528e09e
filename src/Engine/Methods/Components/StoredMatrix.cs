namespace CAManim.Native.Engine.Methods.Components;

/// <summary>A symmetric matrix that lies in memory.</summary>
/// <param name="values">[m,m].</param>
internal readonly ref struct StoredMatrix(ReadOnlySpan<float> values) : ISymmetricMatrix
{
    private readonly ReadOnlySpan<float> _values = values;

    /// <inheritdoc/>
    public void Multiply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Vectors.Dot(_values.Slice(i * y.Length, y.Length), x);
        }
    }

    /// <inheritdoc/>
    public void WriteDiagonal(Span<float> diagonal)
    {
        for (int i = 0; i < diagonal.Length; i++)
        {
            diagonal[i] = _values[(i * diagonal.Length) + i];
        }
    }
}
