namespace CAManim.Native.Engine.Methods.Components;

/// <summary>X^T X [n,n] of X [C,n], never computed: a product with it is one trip over X, row after row.</summary>
/// <remarks>The matrix would cost 2 C n² operations; the few products that its largest eigenvector needs cost 4 C n each.</remarks>
/// <param name="x">X [C,n].</param>
internal readonly ref struct GramMatrix(ReadOnlySpan<float> x) : ISymmetricMatrix
{
    private readonly ReadOnlySpan<float> _x = x;

    /// <inheritdoc/>
    public void Multiply(ReadOnlySpan<float> x, Span<float> y)
    {
        // Four rows at a time, so that y is read and written once for four of them.
        y.Clear();
        int n = y.Length;
        int channels = _x.Length / n;
        Span<float> dots = stackalloc float[4];
        int k = 0;
        for (; k + 4 <= channels; k += 4)
        {
            ReadOnlySpan<float> rows = _x.Slice(k * n, 4 * n);
            for (int i = 0; i < 4; i++)
            {
                dots[i] = Vectors.Dot(rows.Slice(i * n, n), x);
            }

            Vectors.AddFourScaled(y, rows, dots);
        }

        for (; k < channels; k++)
        {
            ReadOnlySpan<float> row = _x.Slice(k * n, n);
            Vectors.AddScaled(y, row, Vectors.Dot(row, x));
        }
    }

    /// <inheritdoc/>
    public void WriteDiagonal(Span<float> diagonal)
    {
        diagonal.Clear();
        for (int from = 0; from < _x.Length; from += diagonal.Length)
        {
            Vectors.AddSquares(diagonal, _x.Slice(from, diagonal.Length));
        }
    }
}
