using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <content>A proven bound of the error.</content>
/// <remarks>
/// <para>A is the matrix over the removed pixels, D its diagonal, r = b - A x the residual. Every set of removed pixels that hang together
/// touches a known one, so A is an irreducibly diagonally dominant M-matrix on each, and A^-1 has no negative entry.</para>
/// <para>Let v be any vector with A v >= s D 1, s > 0. If |r_i| &lt;= rho D_i for all i, then |r| &lt;= (rho / s) A v, and
/// |error| = |A^-1 r| &lt;= A^-1 |r| &lt;= (rho / s) v, pixel by pixel: no error exceeds rho max(v) / s.</para>
/// <para>v is an approximate solution of A v = D 1 (the expected steps of a random walk until it meets a known pixel), one more system per
/// mask. How good it is does not matter to the proof, since s is taken from A v itself. Both s and rho are computed in float64 and their
/// rounding is allowed for. x = x0 + z, where z solves A z = r(x0) in float32: so the residual is not held up by the rounding of x0.</para>
/// </remarks>
public static partial class LinearImputation
{
    // A v and s D need not be close; half costs a factor of two in a bound that falls by ten an iteration.
    private const double GoodBarrier = 0.5;

    // Before, v is not worth looking at.
    private const int FirstLook = 2;

    // One over the diagonal is rounded to float32.
    private const double OfInverse = 1 + 1e-6;

    /// <summary>max(v) / s of the mask in the grid; infinite where no v was found.</summary>
    private static unsafe double Barrier<TLanes>(Multigrid multigrid, ImputationOptions options)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        FineGrid grid = multigrid.Grid;
        GridLayout layout = grid.Layout;
        grid.Clear();
        multigrid.Exact.HoldZero();
        for (int y = 0; y < layout.Height; y++)
        {
            // Only the two outermost columns differ within a row; what stands at known pixels counts for nothing.
            float* row = grid.Source + ((nint)y * layout.Stride);
            new Span<float>(row, layout.Width).Fill(grid.Diagonal(y, int.Min(1, layout.Width - 1)));
            row[0] = grid.Diagonal(y, 0);
            row[layout.Width - 1] = grid.Diagonal(y, layout.Width - 1);
        }

        double best = double.PositiveInfinity;
        ChebyshevSteps steps = new();
        for (int iteration = 0; iteration < options.MaximumIterations; iteration++)
        {
            multigrid.Iterate<TLanes, PlaneSource>(steps.A, steps.B);
            steps.Next();
            if (iteration + 1 < int.Min(FirstLook, options.MaximumIterations))
            {
                continue;
            }

            double greatest = multigrid.Exact.Evaluate(grid, writesSource: false).Greatest;
            double s = -(greatest / OfInverse) - multigrid.Exact.Error;
            best = s > 0 ? double.Min(best, multigrid.Exact.Magnitude / s) : best;
            if (s >= GoodBarrier)
            {
                break;
            }
        }

        return best;
    }

    /// <summary>Improves the channel in the grid until its bound is within the tolerance.</summary>
    /// <returns>The bound.</returns>
    private static float Refine<TLanes>(Multigrid multigrid, double barrier, ImputationOptions options, ref int iterations)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        FineGrid grid = multigrid.Grid;
        ExactResidual exact = multigrid.Exact;
        exact.Hold(grid);
        grid.Clear();
        ChebyshevSteps steps = new();
        for (bool isFirst = true; ; isFirst = false)
        {
            (double least, double greatest) = exact.Evaluate(grid, writesSource: isFirst);
            double residual = (double.Max(greatest, -least) * OfInverse) + exact.Error;

            // x + z is rounded to float32 in the end, and the bound upwards.
            float bound = float.BitIncrement((float)((barrier * residual) + (exact.Magnitude / (1 << 24))));
            if (!(bound > options.Tolerance) || iterations >= options.MaximumIterations)
            {
                exact.Finish<TLanes>(grid);
                return float.IsNaN(bound) ? float.PositiveInfinity : bound;
            }

            multigrid.Iterate<TLanes, PlaneSource>(steps.A, steps.B);
            steps.Next();
            iterations++;
        }
    }
}
