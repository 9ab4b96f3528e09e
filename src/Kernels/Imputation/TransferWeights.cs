using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>Interpolation weights between two coarse grids, from the finer one's matrix (black-box multigrid, Dendy 1982).</summary>
/// <remarks>
/// A point between two coarse points in a row sums its stencil over the rows and solves for itself; likewise in columns; a point in the
/// middle of four uses those. Off-diagonal entries count with their sign turned, so that weights are positive.
/// </remarks>
internal static unsafe class TransferWeights<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private static TLanes Floor => TLanes.Broadcast(Multigrid.LeastDiagonal);

    /// <summary>West, East of row Y and North, South between Y and Y+1, from fine rows 2Y-1, 2Y and 2Y+1.</summary>
    public static void Sides(Transfer transfer, int row, in SplitStencil above, in SplitStencil same, in SplitStencil below)
    {
        nint offset = (nint)row * transfer.Coarse.Stride;
        for (int j = 0; j < transfer.Coarse.PaddedWidth; j += LanesTail.Width)
        {
            nint at = offset + j;

            // Odd column of row 2Y: the sums over the three rows west and east of it.
            TLanes centre = TLanes.Load(same.CentreOdd + j);
            TLanes scale = Scale(centre, centre + TLanes.Load(above.SouthOdd + j) + TLanes.Load(same.SouthOdd + j));
            TLanes west = TLanes.Load(above.SouthEastEven + j) + TLanes.Load(same.EastEven + j) + TLanes.Load(same.SouthWestOdd + j);
            TLanes east = TLanes.Load(above.SouthWestEven + j + 1) + TLanes.Load(same.EastOdd + j) + TLanes.Load(same.SouthEastOdd + j);
            TLanes.Store(west * scale, transfer.West + at);
            TLanes.Store(east * scale, transfer.East + at);

            // Even column of row 2Y+1: the sums over the three columns above and below.
            centre = TLanes.Load(below.CentreEven + j);
            scale = Scale(centre, centre + TLanes.Load(below.EastOdd + j - 1) + TLanes.Load(below.EastEven + j));
            TLanes north = TLanes.Load(same.SouthEastOdd + j - 1) + TLanes.Load(same.SouthEven + j) + TLanes.Load(same.SouthWestOdd + j);
            TLanes south = TLanes.Load(below.SouthWestEven + j) + TLanes.Load(below.SouthEven + j) + TLanes.Load(below.SouthEastEven + j);
            TLanes.Store(north * scale, transfer.North + at);
            TLanes.Store(south * scale, transfer.South + at);
        }
    }

    /// <summary>The four diagonal weights of row 2Y+1, from its row and the one above; the sides of Y and Y+1 are there.</summary>
    public static void Corners(Transfer transfer, int row, in SplitStencil same, in SplitStencil below)
    {
        int stride = transfer.Coarse.Stride;
        nint offset = (nint)row * stride;
        for (int j = 0; j < transfer.Coarse.PaddedWidth; j += LanesTail.Width)
        {
            nint at = offset + j;
            TLanes centre = TLanes.Load(below.CentreOdd + j);
            TLanes scale = Scale(centre, centre);
            TLanes north = TLanes.Load(same.SouthOdd + j);
            TLanes south = TLanes.Load(below.SouthOdd + j);
            TLanes west = TLanes.Load(below.EastEven + j);
            TLanes east = TLanes.Load(below.EastOdd + j);
            TLanes northWest = Sum(TLanes.Load(same.SouthEastEven + j), north, transfer.West + at, west, transfer.North + at);
            TLanes northEast = Sum(TLanes.Load(same.SouthWestEven + j + 1), north, transfer.East + at, east, transfer.North + at + 1);
            TLanes southWest = Sum(TLanes.Load(below.SouthWestOdd + j), south, transfer.West + at + stride, west, transfer.South + at);
            TLanes southEast = Sum(TLanes.Load(below.SouthEastOdd + j), south, transfer.East + at + stride, east, transfer.South + at + 1);
            TLanes.Store(northWest * scale, transfer.NorthWest + at);
            TLanes.Store(northEast * scale, transfer.NorthEast + at);
            TLanes.Store(southWest * scale, transfer.SouthWest + at);
            TLanes.Store(southEast * scale, transfer.SouthEast + at);
        }
    }

    // corner + vertical·(side weight of the point above or below) + horizontal·(weight of the point beside).
    private static TLanes Sum(TLanes corner, TLanes vertical, float* side, TLanes horizontal, float* beside) =>
        TLanes.FusedMultiplyAdd(vertical, TLanes.Load(side), TLanes.FusedMultiplyAdd(horizontal, TLanes.Load(beside), corner));

    // -1 / denominator, 0 where there is no unknown or nothing to interpolate along this direction.
    private static TLanes Scale(TLanes centre, TLanes denominator)
    {
        TLanes scale = TLanes.WhereAtLeast(denominator, centre * TLanes.Broadcast(Multigrid.LeastDenominator), TLanes.Broadcast(-1) / denominator);
        return TLanes.WhereAtLeast(centre, Floor, scale);
    }
}
