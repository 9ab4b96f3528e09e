using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>
/// The finest grid's transfer without its stored weights: bilinear, up and down first along full rows, across when rows are split or joined.
/// </summary>
/// <remarks>The mask is the caller's: residuals are zero at known pixels, corrections are dropped there.</remarks>
internal static unsafe class FinestRows<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Lanes = LanesTail.Width;

    /// <summary>coarse_J = row_2J + left share_J row_2J+1 + right share_J-1 row_2J-1; zeros lie around the row.</summary>
    public static void Restrict(float* row, float* shares, int stride, float* coarse, int coarseWidth)
    {
        float* leftShare = shares + Lanes;
        float* rightShare = leftShare + stride;
        for (int j = 0; j < coarseWidth; j += Lanes)
        {
            float* at = row + (2 * j);
            TLanes low = TLanes.Load(at);
            TLanes high = TLanes.Load(at + Lanes);
            TLanes before = TLanes.Evens(TLanes.Load(at - 1), TLanes.Load(at + Lanes - 1));
            TLanes sum = TLanes.FusedMultiplyAdd(TLanes.Load(leftShare + j), TLanes.Odds(low, high), TLanes.Evens(low, high));
            TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Load(rightShare + j - 1), before, sum), coarse + j);
        }
    }

    /// <summary>row_2J = coarse_J, row_2J+1 = left share_J coarse_J + right share_J coarse_J+1.</summary>
    public static void Prolong(float* coarse, float* shares, int stride, float* row, int coarseWidth)
    {
        float* leftShare = shares + Lanes;
        float* rightShare = leftShare + stride;
        for (int j = 0; j < coarseWidth; j += Lanes)
        {
            TLanes even = TLanes.Load(coarse + j);
            TLanes odd = TLanes.FusedMultiplyAdd(TLanes.Load(leftShare + j), even, TLanes.Load(rightShare + j) * TLanes.Load(coarse + j + 1));
            TLanes.Store(TLanes.InterleaveLow(even, odd), row + (2 * j));
            TLanes.Store(TLanes.InterleaveHigh(even, odd), row + (2 * j) + Lanes);
        }
    }
}
