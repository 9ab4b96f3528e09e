namespace CAManim.Native.Kernels.Imputation;

/// <summary>How the points of one fine row couple to those of the same row or of the one below: entries of even and of odd columns.</summary>
internal readonly unsafe struct RowStencil
{
    public readonly float* EvenWest;
    public readonly float* EvenCentre;
    public readonly float* EvenEast;
    public readonly float* OddWest;
    public readonly float* OddCentre;
    public readonly float* OddEast;

    private RowStencil(float* evenWest, float* evenCentre, float* evenEast, float* oddWest, float* oddCentre, float* oddEast)
    {
        EvenWest = evenWest;
        EvenCentre = evenCentre;
        EvenEast = evenEast;
        OddWest = oddWest;
        OddCentre = oddCentre;
        OddEast = oddEast;
    }

    /// <summary>Within the row: the west entry is the left neighbour's east entry.</summary>
    public static RowStencil Within(in SplitStencil row) =>
        new(row.EastOdd - 1, row.CentreEven, row.EastEven, row.EastEven, row.CentreOdd, row.EastOdd);

    /// <summary>To the row below.</summary>
    public static RowStencil Down(in SplitStencil row) =>
        new(row.SouthWestEven, row.SouthEven, row.SouthEastEven, row.SouthWestOdd, row.SouthOdd, row.SouthEastOdd);
}
