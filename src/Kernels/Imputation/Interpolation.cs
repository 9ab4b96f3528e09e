namespace CAManim.Native.Kernels.Imputation;

/// <summary>How one fine row takes from one coarse row: even columns by Even; odd ones by Left from their left and by Right from their right coarse point.</summary>
internal readonly unsafe struct Interpolation(float* even, float* left, float* right)
{
    public readonly float* Even = even;
    public readonly float* Left = left;
    public readonly float* Right = right;

    /// <summary>Row 2Y from coarse row Y.</summary>
    public static Interpolation Same(Transfer transfer, int row) => At(transfer, row, transfer.Centre, transfer.West, transfer.East);

    /// <summary>Row 2Y+1 from coarse row Y.</summary>
    public static Interpolation FromAbove(Transfer transfer, int row) => At(transfer, row, transfer.North, transfer.NorthWest, transfer.NorthEast);

    /// <summary>Row 2Y+1 from coarse row Y+1.</summary>
    public static Interpolation FromBelow(Transfer transfer, int row) => At(transfer, row, transfer.South, transfer.SouthWest, transfer.SouthEast);

    private static Interpolation At(Transfer transfer, int row, float* even, float* left, float* right)
    {
        nint offset = (nint)row * transfer.Coarse.Stride;
        return new Interpolation(even + offset, left + offset, right + offset);
    }
}
