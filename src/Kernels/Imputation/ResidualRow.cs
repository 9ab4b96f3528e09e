using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>
/// Goes along a row of the image and gives twelve times the residual, in differences, which keeps float32 accurate: of neighbours outside
/// the image only zeros come in.
/// </summary>
/// <remarks>
/// With Dx, Dy the second differences along and across: 12 r = rowFactor Dx + columnFactor Dy + (Dy at left - Dy) + (Dy at right - Dy).
/// Neighbours along the row come from registers: loads at odd addresses cross a cache line and cost double.
/// </remarks>
internal unsafe struct ResidualRow<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Lanes = LanesTail.Width;

    private readonly int _stride;
    private readonly TLanes _rowFactor;
    private TLanes _before;
    private TLanes _value;
    private TLanes _downBefore;
    private TLanes _down;

    /// <summary>Starts at column 0 of the row at <paramref name="row"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ResidualRow(float* row, int stride, float rowFactor)
    {
        _stride = stride;
        _rowFactor = TLanes.Broadcast(rowFactor);
        _before = TLanes.Load(row - Lanes);
        _downBefore = Across(row - Lanes, stride, _before);
        _value = TLanes.Load(row);
        _down = Across(row, stride, _value);
    }

    /// <summary>The sixteen residuals at <paramref name="at"/>, and the values there; then goes on by sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Next(float* at, float* columnFactor, out TLanes centre)
    {
        TLanes after = TLanes.Load(at + Lanes);
        TLanes downAfter = Across(at + Lanes, _stride, after);
        centre = _value;
        TLanes along = (TLanes.Left(_before, centre) - centre) + (TLanes.Right(centre, after) - centre);
        TLanes diagonal = (TLanes.Left(_downBefore, _down) - _down) + (TLanes.Right(_down, downAfter) - _down);
        TLanes residual = TLanes.FusedMultiplyAdd(_rowFactor, along, TLanes.FusedMultiplyAdd(TLanes.Load(columnFactor), _down, diagonal));
        _before = centre;
        _value = after;
        _downBefore = _down;
        _down = downAfter;
        return residual;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Across(float* at, int stride, TLanes centre) => (TLanes.Load(at - stride) - centre) + (TLanes.Load(at + stride) - centre);
}
