using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The rows of one coarse matrix, from the rows of the finer one: P'AP, two rows of P and one row of A at a time.</summary>
/// <remarks>
/// Every factor couples a point to its neighbours left and right only, so with even and odd columns apart all of it is elementwise
/// in the coarse column J.
/// </remarks>
internal static unsafe class GalerkinRows<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>Fills one coarse row from the fine rows 2Y-1, 2Y and 2Y+1.</summary>
    /// <param name="transfer">P.</param>
    /// <param name="row">Y.</param>
    /// <param name="above">Fine row 2Y-1, used where Y &gt; 0.</param>
    /// <param name="same">Fine row 2Y.</param>
    /// <param name="below">Fine row 2Y+1.</param>
    /// <param name="hasBelow">Whether there is one.</param>
    /// <param name="coarse">Where the row goes.</param>
    /// <param name="scratch">Three coarse rows.</param>
    public static void Assemble(
        Transfer transfer, int row, in SplitStencil above, in SplitStencil same, in SplitStencil below, bool hasBelow, Level coarse, float* scratch)
    {
        GridLayout layout = coarse.Layout;
        nint offset = (nint)row * layout.Stride;
        StencilRow diagonal = new(coarse.Centre + offset, coarse.East + offset, null);
        StencilRow crossing = new(coarse.South + offset, coarse.SouthEast + offset, coarse.SouthWest + offset);
        StencilRow mixed = StencilRow.Attach(scratch, layout.Stride);
        int width = layout.PaddedWidth;
        diagonal.Clear(width);
        crossing.Clear(width);

        Interpolation here = Interpolation.Same(transfer, row);
        TripleProduct<TLanes>.Add(here, RowStencil.Within(same), here, diagonal, width);
        if (row > 0)
        {
            Interpolation fromHere = Interpolation.FromBelow(transfer, row - 1);
            TripleProduct<TLanes>.Add(fromHere, RowStencil.Within(above), fromHere, diagonal, width);
            mixed.Clear(width);
            TripleProduct<TLanes>.Add(fromHere, RowStencil.Down(above), here, mixed, width);
            AddBothWays(mixed, diagonal, width);
        }

        if (hasBelow)
        {
            Interpolation down = Interpolation.FromAbove(transfer, row);
            TripleProduct<TLanes>.Add(down, RowStencil.Within(below), down, diagonal, width);
            mixed.Clear(width);
            TripleProduct<TLanes>.Add(here, RowStencil.Down(same), down, mixed, width);
            AddBothWays(mixed, diagonal, width);
            if (row + 1 < layout.Height)
            {
                Interpolation up = Interpolation.FromBelow(transfer, row);
                TripleProduct<TLanes>.Add(here, RowStencil.Down(same), up, crossing, width);
                TripleProduct<TLanes>.Add(down, RowStencil.Within(below), up, crossing, width);
                TripleProduct<TLanes>.Add(down, RowStencil.Down(below), Interpolation.Same(transfer, row + 1), crossing, width);
            }
        }
    }

    // M + M' of a row that couples coarse points of the same coarse row by way of two fine rows.
    private static void AddBothWays(StencilRow mixed, StencilRow diagonal, int width)
    {
        for (int j = 0; j < width; j += LanesTail.Width)
        {
            TLanes centre = TLanes.Load(mixed.Centre + j);
            TLanes.Store(TLanes.Load(diagonal.Centre + j) + (centre + centre), diagonal.Centre + j);
            TLanes.Store(TLanes.Load(diagonal.East + j) + (TLanes.Load(mixed.East + j) + TLanes.Load(mixed.West + j + 1)), diagonal.East + j);
        }
    }
}
