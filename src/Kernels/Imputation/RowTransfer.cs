using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>Moves rows between a fine and a coarse grid.</summary>
internal static unsafe class RowTransfer<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Lanes = LanesTail.Width;

    /// <summary>Takes even and odd columns of a fine row apart; behind its last column lie zeros.</summary>
    public static void Split(float* row, float* evens, float* odds, int coarseWidth)
    {
        for (int j = 0; j < coarseWidth; j += Lanes)
        {
            TLanes low = TLanes.Load(row + (2 * j));
            TLanes high = TLanes.Load(row + (2 * j) + Lanes);
            TLanes.Store(TLanes.Evens(low, high), evens + j);
            TLanes.Store(TLanes.Odds(low, high), odds + j);
        }
    }

    /// <summary>coarse (+)= P' of one fine row, given as even and odd columns.</summary>
    public static void Restrict(Interpolation p, float* evens, float* odds, float* coarse, int coarseWidth, bool fresh)
    {
        for (int j = 0; j < coarseWidth; j += Lanes)
        {
            TLanes sum = fresh ? TLanes.Zero : TLanes.Load(coarse + j);
            sum = TLanes.FusedMultiplyAdd(TLanes.Load(p.Even + j), TLanes.Load(evens + j), sum);
            sum = TLanes.FusedMultiplyAdd(TLanes.Load(p.Left + j), TLanes.Load(odds + j), sum);
            sum = TLanes.FusedMultiplyAdd(TLanes.Load(p.Right + j - 1), TLanes.Load(odds + j - 1), sum);
            TLanes.Store(sum, coarse + j);
        }
    }

    /// <summary>Restricts a fine row to the one or two coarse rows it belongs to; rows come from top to bottom.</summary>
    public static void RestrictRow(Transfer transfer, int row, float* evens, float* odds, float* coarse)
    {
        GridLayout layout = transfer.Coarse;
        int width = layout.PaddedWidth;
        int upper = row / 2;
        float* target = coarse + ((nint)upper * layout.Stride);
        if (row % 2 == 0)
        {
            Restrict(Interpolation.Same(transfer, upper), evens, odds, target, width, fresh: row == 0);
            return;
        }

        Restrict(Interpolation.FromAbove(transfer, upper), evens, odds, target, width, fresh: false);
        if (upper + 1 < layout.Height)
        {
            Restrict(Interpolation.FromBelow(transfer, upper), evens, odds, target + layout.Stride, width, fresh: true);
        }
    }

    /// <summary>fine += P coarse, for one fine row.</summary>
    public static void ProlongRow(Transfer transfer, int row, float* coarse, float* fine)
    {
        GridLayout layout = transfer.Coarse;
        int upper = row / 2;
        float* source = coarse + ((nint)upper * layout.Stride);
        if (row % 2 == 0)
        {
            Interpolation p = Interpolation.Same(transfer, upper);
            for (int j = 0; j < layout.PaddedWidth; j += Lanes)
            {
                TLanes centre = TLanes.Load(source + j);
                TLanes even = TLanes.Load(p.Even + j) * centre;
                TLanes odd = TLanes.FusedMultiplyAdd(TLanes.Load(p.Left + j), centre, TLanes.Load(p.Right + j) * TLanes.Load(source + j + 1));
                AddPair(even, odd, fine + (2 * j));
            }

            return;
        }

        Interpolation above = Interpolation.FromAbove(transfer, upper);
        Interpolation below = Interpolation.FromBelow(transfer, upper);
        float* next = source + layout.Stride;
        for (int j = 0; j < layout.PaddedWidth; j += Lanes)
        {
            TLanes centre = TLanes.Load(source + j);
            TLanes lower = TLanes.Load(next + j);
            TLanes even = TLanes.FusedMultiplyAdd(TLanes.Load(above.Even + j), centre, TLanes.Load(below.Even + j) * lower);
            TLanes odd = TLanes.FusedMultiplyAdd(TLanes.Load(above.Left + j), centre, TLanes.Load(above.Right + j) * TLanes.Load(source + j + 1));
            odd = TLanes.FusedMultiplyAdd(TLanes.Load(below.Left + j), lower, odd);
            odd = TLanes.FusedMultiplyAdd(TLanes.Load(below.Right + j), TLanes.Load(next + j + 1), odd);
            AddPair(even, odd, fine + (2 * j));
        }
    }

    private static void AddPair(TLanes even, TLanes odd, float* fine)
    {
        TLanes.Store(TLanes.Load(fine) + TLanes.InterleaveLow(even, odd), fine);
        TLanes.Store(TLanes.Load(fine + Lanes) + TLanes.InterleaveHigh(even, odd), fine + Lanes);
    }
}
