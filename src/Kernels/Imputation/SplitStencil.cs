namespace CAManim.Native.Kernels.Imputation;

/// <summary>One row of a stencil with even and odd columns apart, each as long as a coarse row; pointers are to column 0.</summary>
internal unsafe struct SplitStencil
{
    public float* CentreEven;
    public float* CentreOdd;
    public float* EastEven;
    public float* EastOdd;
    public float* SouthEven;
    public float* SouthOdd;
    public float* SouthEastEven;
    public float* SouthEastOdd;
    public float* SouthWestEven;
    public float* SouthWestOdd;

    /// <summary>Rows that <see cref="Attach"/> takes.</summary>
    public const int Rows = 10;

    public static SplitStencil Attach(float* memory, int stride)
    {
        float* row = memory + Lanes.LanesTail.Width;
        return new SplitStencil
        {
            CentreEven = row,
            CentreOdd = row + stride,
            EastEven = row + (2 * stride),
            EastOdd = row + (3 * stride),
            SouthEven = row + (4 * stride),
            SouthOdd = row + (5 * stride),
            SouthEastEven = row + (6 * stride),
            SouthEastOdd = row + (7 * stride),
            SouthWestEven = row + (8 * stride),
            SouthWestOdd = row + (9 * stride),
        };
    }
}
