namespace CAManim.Native.Kernels.Imputation;

/// <summary>The residual of x + z in float64, x and z being float32 planes: their sum and its differences are exact to 2^-50 of its magnitude.</summary>
internal sealed unsafe class ExactResidual(GridLayout layout)
{
    // Two dozen operations on values of at most 24 magnitudes, each rounded to 2^-53, over a diagonal of at least 3.
    private const double Rounding = 1.0 / (1L << 45);

    private readonly int _stride = layout.Width + 2;

    // One pixel replicated around the image, as on the grid.
    private readonly double[] _sum = GC.AllocateArray<double>((layout.Height + 2) * (layout.Width + 2), pinned: true);

    /// <summary>Largest magnitude of x + z.</summary>
    public double Magnitude { get; private set; }

    /// <summary>Bound of the rounding of a quotient of <see cref="Evaluate"/>.</summary>
    public double Error => Magnitude * Rounding;

    /// <summary>Takes x + z.</summary>
    /// <param name="x">[H,W], or empty for 0.</param>
    /// <param name="grid">z is its <see cref="FineGrid.Current"/>.</param>
    public void Load(ReadOnlySpan<float> x, FineGrid grid)
    {
        Magnitude = 0;
        for (int y = 0; y < layout.Height; y++)
        {
            Span<double> row = _sum.AsSpan(((y + 1) * _stride) + 1, layout.Width);
            float* z = grid.Current + ((nint)y * layout.Stride);
            for (int column = 0; column < row.Length; column++)
            {
                double value = (x.IsEmpty ? 0.0 : x[(y * layout.Width) + column]) + (double)z[column];
                row[column] = value;
                Magnitude = double.Max(Magnitude, double.Abs(value));
            }

            _sum[(y + 1) * _stride] = row[0];
            _sum[((y + 2) * _stride) - 1] = row[^1];
        }

        _sum.AsSpan(_stride, _stride).CopyTo(_sum);
        _sum.AsSpan(layout.Height * _stride, _stride).CopyTo(_sum.AsSpan((layout.Height + 1) * _stride));
    }

    /// <summary>Residual over diagonal, sum over the neighbours of w (x_j - x_i) / sum of w, at all removed pixels.</summary>
    /// <param name="grid">The mask.</param>
    /// <param name="writesSource">Whether to leave the residuals in <see cref="FineGrid.Source"/>.</param>
    /// <returns>The least and the greatest.</returns>
    public (double Least, double Greatest) Evaluate(FineGrid grid, bool writesSource)
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        fixed (double* sum = _sum)
        {
            for (int y = 0; y < layout.Height; y++)
            {
                nint gridRow = (nint)y * layout.Stride;
                double rowFactor = grid.RowFactor(y);
                double* at = sum + ((y + 1) * (nint)_stride) + 1;
                for (int x = 0; x < layout.Width; x++)
                {
                    double inverse = grid.Inverse[gridRow + x];
                    if (inverse == 0)
                    {
                        continue;
                    }

                    double across = Across(at + x);
                    double along = (at[x - 1] - at[x]) + (at[x + 1] - at[x]);
                    double residual = (rowFactor * along) + (grid.ColumnFactor[x] * across) + (Across(at + x - 1) - across) + (Across(at + x + 1) - across);
                    if (writesSource)
                    {
                        grid.Source[gridRow + x] = (float)residual;
                    }

                    least = double.Min(least, residual * inverse);
                    greatest = double.Max(greatest, residual * inverse);
                }
            }
        }

        return (least, greatest);
    }

    /// <summary>Writes x + z, rounded to float32, to removed pixels.</summary>
    public void Store(FineGrid grid, Span<float> x)
    {
        for (int y = 0; y < layout.Height; y++)
        {
            for (int column = 0; column < layout.Width; column++)
            {
                if (grid.Inverse[((nint)y * layout.Stride) + column] != 0)
                {
                    x[(y * layout.Width) + column] = (float)_sum[((y + 1) * _stride) + 1 + column];
                }
            }
        }
    }

    private double Across(double* at) => (at[-_stride] - at[0]) + (at[_stride] - at[0]);
}
