using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>Goes along a row of a coarse grid and gives right-hand side - matrix times <see cref="Level.Before"/>.</summary>
/// <remarks>
/// Symmetry gives the entries to the left and above as products at the neighbour, which are shifted in registers: twelve loads at whole
/// cache lines instead of nineteen, most of which would cross one.
/// </remarks>
internal unsafe struct StencilResidualRow<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Lanes = LanesTail.Width;

    // The vector in this row, above and below; before: products or values of the sixteen columns to the left (zero in front of the row).
    private TLanes _value;
    private TLanes _above;
    private TLanes _below;
    private TLanes _belowBefore;
    private TLanes _eastBefore;
    private TLanes _southEastBefore;
    private TLanes _southWest;

    /// <summary>Starts at column 0 of the row that begins at <paramref name="row"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StencilResidualRow(Level level, nint row)
    {
        int stride = level.Layout.Stride;
        float* at = level.Before + row;
        _value = TLanes.Load(at);
        _above = TLanes.Load(at - stride);
        _below = TLanes.Load(at + stride);
        _southWest = TLanes.Load(level.SouthWest + row - stride) * _above;
        _belowBefore = TLanes.Zero;
        _eastBefore = TLanes.Zero;
        _southEastBefore = TLanes.Zero;
    }

    /// <summary>The sixteen residuals at <paramref name="at"/>, and the values there; then goes on by sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Next(Level level, nint at, out TLanes value)
    {
        int stride = level.Layout.Stride;
        float* next = level.Before + at + Lanes;
        value = _value;
        TLanes valueAfter = TLanes.Load(next);
        TLanes belowAfter = TLanes.Load(next + stride);
        TLanes aboveAfter = TLanes.Load(next - stride);
        TLanes southWestAfter = TLanes.Load(level.SouthWest + at + Lanes - stride) * aboveAfter;
        TLanes eastEntry = TLanes.Load(level.East + at);
        TLanes east = eastEntry * value;
        TLanes southEast = TLanes.Load(level.SouthEast + at - stride) * _above;

        // Three chains of additions, so that they overlap.
        TLanes beside = TLanes.FusedMultiplyAdd(eastEntry, TLanes.Right(value, valueAfter), TLanes.Left(_eastBefore, east));
        TLanes upper = TLanes.FusedMultiplyAdd(
            TLanes.Load(level.South + at - stride), _above, TLanes.Left(_southEastBefore, southEast) + TLanes.Right(_southWest, southWestAfter));
        TLanes lower = TLanes.Load(level.South + at) * _below;
        lower = TLanes.FusedMultiplyAdd(TLanes.Load(level.SouthEast + at), TLanes.Right(_below, belowAfter), lower);
        lower = TLanes.FusedMultiplyAdd(TLanes.Load(level.SouthWest + at), TLanes.Left(_belowBefore, _below), lower);
        TLanes centre = TLanes.FusedMultiplyAdd(TLanes.Load(level.Centre + at), value, beside);

        _value = valueAfter;
        _above = aboveAfter;
        _belowBefore = _below;
        _below = belowAfter;
        _eastBefore = east;
        _southEastBefore = southEast;
        _southWest = southWestAfter;
        return TLanes.Load(level.Right + at) - (centre + (upper + lower));
    }
}
