using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>result += L' M R, where L and R interpolate one fine row each and M couples their points.</summary>
internal static unsafe class TripleProduct<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    public static void Add(Interpolation left, RowStencil m, Interpolation right, StencilRow result, int width)
    {
        for (int j = 0; j < width; j += LanesTail.Width)
        {
            TLanes rightEven = TLanes.Load(right.Even + j);
            TLanes rightLeft = TLanes.Load(right.Left + j);
            TLanes rightRight = TLanes.Load(right.Right + j);
            TLanes beforeLeft = TLanes.Load(right.Left + j - 1);
            TLanes beforeRight = TLanes.Load(right.Right + j - 1);

            // M R at the even point 2J, to J-1, J and J+1.
            TLanes west = TLanes.Load(m.EvenWest + j);
            TLanes east = TLanes.Load(m.EvenEast + j);
            TLanes evenToEast = east * rightRight;
            TLanes evenToCentre = TLanes.FusedMultiplyAdd(west, beforeRight, TLanes.FusedMultiplyAdd(TLanes.Load(m.EvenCentre + j), rightEven, east * rightLeft));

            // At the odd point 2J+1, to J and J+1; and at 2J-1, to J-1 and J.
            TLanes oddCentre = TLanes.Load(m.OddCentre + j);
            TLanes oddToCentre = TLanes.FusedMultiplyAdd(TLanes.Load(m.OddWest + j), rightEven, oddCentre * rightLeft);
            TLanes oddToEast = TLanes.FusedMultiplyAdd(TLanes.Load(m.OddEast + j), TLanes.Load(right.Even + j + 1), oddCentre * rightRight);
            TLanes beforeCentre = TLanes.Load(m.OddCentre + j - 1);
            TLanes beforeToCentre = TLanes.FusedMultiplyAdd(TLanes.Load(m.OddEast + j - 1), rightEven, beforeCentre * beforeRight);

            TLanes leftEven = TLanes.Load(left.Even + j);
            TLanes leftLeft = TLanes.Load(left.Left + j);
            TLanes leftBefore = TLanes.Load(left.Right + j - 1);
            TLanes centre = TLanes.FusedMultiplyAdd(leftEven, evenToCentre, TLanes.Load(result.Centre + j));
            centre = TLanes.FusedMultiplyAdd(leftLeft, oddToCentre, centre);
            TLanes.Store(TLanes.FusedMultiplyAdd(leftBefore, beforeToCentre, centre), result.Centre + j);
            TLanes toEast = TLanes.FusedMultiplyAdd(leftEven, evenToEast, TLanes.Load(result.East + j));
            TLanes.Store(TLanes.FusedMultiplyAdd(leftLeft, oddToEast, toEast), result.East + j);
            if (result.West is not null)
            {
                TLanes beforeToWest = TLanes.FusedMultiplyAdd(TLanes.Load(m.OddWest + j - 1), TLanes.Load(right.Even + j - 1), beforeCentre * beforeLeft);
                TLanes toWest = TLanes.FusedMultiplyAdd(leftEven, west * beforeLeft, TLanes.Load(result.West + j));
                TLanes.Store(TLanes.FusedMultiplyAdd(leftBefore, beforeToWest, toWest), result.West + j);
            }
        }
    }
}
