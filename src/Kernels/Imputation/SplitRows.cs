using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>Rows of a level's matrix with even and odd columns apart; the last four that were asked for are kept.</summary>
internal unsafe struct SplitRows<TLanes>(Level level, float* memory, int stride)
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Slots = 4;

    private fixed int _rows[Slots];
    private bool _isStarted;

    /// <summary>Floats of memory for rows of this stride.</summary>
    public static int Size(int stride) => Slots * SplitStencil.Rows * stride;

    /// <summary>Row y, from -1 to the height: the rows outside are zero.</summary>
    public SplitStencil Row(int y)
    {
        int slot = y & (Slots - 1);
        SplitStencil split = SplitStencil.Attach(memory + (slot * SplitStencil.Rows * stride), stride);
        if (_isStarted && _rows[slot] == y)
        {
            return split;
        }

        if (!_isStarted)
        {
            for (int i = 0; i < Slots; i++)
            {
                _rows[i] = int.MinValue;
            }

            _isStarted = true;
        }

        _rows[slot] = y;
        nint offset = (nint)y * level.Layout.Stride;
        int width = level.Layout.Coarser.PaddedWidth;
        RowTransfer<TLanes>.Split(level.Centre + offset, split.CentreEven, split.CentreOdd, width);
        RowTransfer<TLanes>.Split(level.East + offset, split.EastEven, split.EastOdd, width);
        RowTransfer<TLanes>.Split(level.South + offset, split.SouthEven, split.SouthOdd, width);
        RowTransfer<TLanes>.Split(level.SouthEast + offset, split.SouthEastEven, split.SouthEastOdd, width);
        RowTransfer<TLanes>.Split(level.SouthWest + offset, split.SouthWestEven, split.SouthWestOdd, width);
        return split;
    }
}
