using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>Interpolation weights of the finest grid: bilinear (1, 1/2, 1/4) at removed pixels, 0 at known ones.</summary>
/// <remarks>Behind the last coarse column or row there is none: the last odd column or row takes all of its value from the one before.</remarks>
internal static unsafe class FinestTransfer<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>Fills the weights of coarse row Y.</summary>
    /// <param name="transfer">The weights.</param>
    /// <param name="row">Y.</param>
    /// <param name="fine">The image's layout.</param>
    /// <param name="inverse">Inverse diagonal of the image's rows: not 0 at removed pixels.</param>
    /// <param name="shares">Two coarse rows: the share that an odd column takes from its left, and from its right.</param>
    /// <param name="scratch">Four coarse rows.</param>
    public static void Fill(Transfer transfer, int row, GridLayout fine, float* inverse, float* shares, float* scratch)
    {
        int stride = transfer.Coarse.Stride;
        int width = transfer.Coarse.PaddedWidth;
        float* even = scratch + LanesTail.Width;
        float* odd = even + stride;
        float* leftShare = shares + LanesTail.Width;
        float* rightShare = leftShare + stride;
        nint offset = (nint)row * stride;
        RowTransfer<TLanes>.Split(inverse + ((nint)2 * row * fine.Stride), even, odd, width);
        Row(even, odd, leftShare, rightShare, 1, transfer.Centre + offset, transfer.West + offset, transfer.East + offset, width);

        // Behind the last row lies one of zeros.
        RowTransfer<TLanes>.Split(inverse + ((nint)((2 * row) + 1) * fine.Stride), even, odd, width);
        bool isLast = (2 * row) + 2 >= fine.Height;
        Row(even, odd, leftShare, rightShare, isLast ? 1 : 0.5f, transfer.North + offset, transfer.NorthWest + offset, transfer.NorthEast + offset, width);
        Row(even, odd, leftShare, rightShare, isLast ? 0 : 0.5f, transfer.South + offset, transfer.SouthWest + offset, transfer.SouthEast + offset, width);
    }

    /// <summary>The shares of <see cref="Fill"/>.</summary>
    public static void FillShares(GridLayout fine, float* shares)
    {
        GridLayout coarse = fine.Coarser;
        for (int j = 0; j < coarse.PaddedWidth; j++)
        {
            bool isLast = (2 * j) + 2 >= fine.Width;
            shares[LanesTail.Width + j] = isLast ? 1 : 0.5f;
            shares[LanesTail.Width + coarse.Stride + j] = isLast ? 0 : 0.5f;
        }
    }

    private static void Row(float* even, float* odd, float* leftShare, float* rightShare, float share, float* centre, float* left, float* right, int width)
    {
        TLanes all = TLanes.Broadcast(share);
        for (int j = 0; j < width; j += LanesTail.Width)
        {
            TLanes oddInverse = TLanes.Load(odd + j);
            TLanes.Store(TLanes.WhereNotZero(TLanes.Load(even + j), all), centre + j);
            TLanes.Store(TLanes.WhereNotZero(oddInverse, all * TLanes.Load(leftShare + j)), left + j);
            TLanes.Store(TLanes.WhereNotZero(oddInverse, all * TLanes.Load(rightShare + j)), right + j);
        }
    }
}
