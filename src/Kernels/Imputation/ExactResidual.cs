using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The residual of x0 + z in float64, both being float32 planes: their sum and its differences are exact to 2^-50 of its magnitude.</summary>
/// <remarks>One pass; the sums of three rows and their second differences stay in the nearest cache, and no plane of float64 is written.</remarks>
internal sealed unsafe class ExactResidual(GridLayout layout)
{
    // Two dozen operations on values of at most 24 magnitudes, each rounded to 2^-53, over a diagonal of at least 3.
    private const double Rounding = 1.0 / (1L << 45);

    private const int SumRows = 3;
    private const int Lanes = 4;

    private readonly int _stride = layout.Stride;

    // x0, laid out as the grid's planes, borders included.
    private readonly float[] _held = GC.AllocateArray<float>(layout.Size, pinned: true);

    // Of x0 + z: row y at y modulo three; then the second differences across of one row.
    private readonly double[] _rows = GC.AllocateArray<double>((SumRows + 1) * layout.Stride, pinned: true);

    /// <summary>Largest magnitude of x0 + z.</summary>
    public double Magnitude { get; private set; }

    /// <summary>Bound of the rounding of a quotient of <see cref="Evaluate"/>.</summary>
    public double Error => Magnitude * Rounding;

    /// <summary>x0 = 0.</summary>
    public void HoldZero() => _held.AsSpan().Clear();

    /// <summary>x0 = the grid's iterate.</summary>
    public void Hold(FineGrid grid) => new ReadOnlySpan<float>(grid.Current - layout.Origin, layout.Size).CopyTo(_held);

    /// <summary>Residual over diagonal, sum over the neighbours of w (x_j - x_i) / sum of w, at all removed pixels.</summary>
    /// <param name="grid">z is its <see cref="FineGrid.Current"/>.</param>
    /// <param name="writesSource">Whether to leave the residuals in <see cref="FineGrid.Source"/>.</param>
    /// <returns>The least and the greatest.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public (double Least, double Greatest) Evaluate(FineGrid grid, bool writesSource)
    {
        Vector256<double> least = Vector256.Create(double.PositiveInfinity);
        Vector256<double> greatest = -least;
        double* across = Rows + (SumRows * _stride) + LanesTail.Width;
        float* columnFactor = grid.ColumnFactor;
        Vector256<double> magnitude = Vector256.Max(Add(grid, -1), Add(grid, 0));
        for (int y = 0; y < layout.Height; y++)
        {
            magnitude = Vector256.Max(magnitude, Add(grid, y + 1));
            if (grid.FirstRun[y] == grid.FirstRun[y + 1])
            {
                continue;
            }

            double* sum = Sum(y);
            FillAcross(Sum(y - 1), sum, Sum(y + 1), across);
            float* inverse = grid.Inverse + ((nint)y * _stride);
            float* source = grid.Source + ((nint)y * _stride);
            Vector256<double> rowFactor = Vector256.Create((double)grid.RowFactor(y));
            for (int run = grid.FirstRun[y]; run < grid.FirstRun[y + 1]; run++)
            {
                int to = grid.RunTo[run];
                for (int x = grid.RunFrom[run]; x < to; x += Lanes)
                {
                    Vector256<double> down = Vector256.Load(across + x);
                    Vector256<double> residual = (rowFactor * Along(sum + x)) + (Widen(columnFactor + x) * down) + Along(across + x);
                    if (writesSource)
                    {
                        Vector128.Narrow(residual.GetLower(), residual.GetUpper()).Store(source + x);
                    }

                    Vector256<double> inverses = Widen(inverse + x);
                    Vector256<double> isKnown = Vector256.Equals(inverses, Vector256<double>.Zero);
                    Vector256<double> quotient = residual * inverses;
                    least = Vector256.Min(Vector256.ConditionalSelect(isKnown, least, quotient), least);
                    greatest = Vector256.Max(Vector256.ConditionalSelect(isKnown, greatest, quotient), greatest);
                }
            }
        }

        Magnitude = Greatest(magnitude);
        return (-Greatest(-least), Greatest(greatest));
    }

    /// <summary>The grid's iterate = x0 + z, rounded to float32; z is 0 at known pixels.</summary>
    public void Finish<TLanes>(FineGrid grid)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        float* held = Held;
        for (int y = 0; y < layout.Height; y++)
        {
            float* current = grid.Current + ((nint)y * _stride);
            float* start = held + ((nint)(y + 1) * _stride) + LanesTail.Width;
            for (int x = 0; x < layout.PaddedWidth; x += LanesTail.Width)
            {
                TLanes.Store(TLanes.Load(start + x) + TLanes.Load(current + x), current + x);
            }
        }
    }

    private double* Rows => (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_rows));

    private float* Held => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_held));

    // Column 0 of a row's sums.
    private double* Sum(int y) => Rows + ((nint)((y + SumRows) % SumRows) * _stride) + LanesTail.Width;

    // Largest magnitudes of the row.
    private Vector256<double> Add(FineGrid grid, int y)
    {
        float* z = grid.Current + ((nint)y * _stride) - LanesTail.Width;
        float* held = Held + ((nint)(y + 1) * _stride);
        double* sum = Sum(y) - LanesTail.Width;
        Vector256<double> magnitude = Vector256<double>.Zero;
        for (int x = 0; x < _stride; x += Lanes)
        {
            Vector256<double> value = Widen(held + x) + Widen(z + x);
            value.Store(sum + x);
            magnitude = Vector256.Max(Vector256.Abs(value), magnitude);
        }

        return magnitude;
    }

    private void FillAcross(double* above, double* same, double* below, double* across)
    {
        for (int x = -LanesTail.Width; x < _stride - LanesTail.Width; x += Lanes)
        {
            Vector256<double> centre = Vector256.Load(same + x);
            ((Vector256.Load(above + x) - centre) + (Vector256.Load(below + x) - centre)).Store(across + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Along(double* at)
    {
        Vector256<double> centre = Vector256.Load(at);
        return (Vector256.Load(at - 1) - centre) + (Vector256.Load(at + 1) - centre);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* source) => Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe());

    private static double Greatest(Vector256<double> values)
    {
        double greatest = values[0];
        for (int lane = 1; lane < Lanes; lane++)
        {
            greatest = double.Max(greatest, values[lane]);
        }

        return greatest;
    }
}
