using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The image's grid: planes of one channel with a border of one replicated pixel, and what depends on the mask.</summary>
internal sealed unsafe class FineGrid(GridLayout layout)
{
    /// <summary>Planes that <see cref="Attach"/> takes, and rows of its stride besides.</summary>
    public const int Planes = 4;
    public const int Rows = 5;

    public GridLayout Layout { get; } = layout;

    /// <summary>One over the diagonal (twelve inside, less at the border) at removed pixels, 0 at known ones and outside.</summary>
    public float* Inverse { get; private set; }

    /// <summary>For each row the columns, in sixteens, that hold all its removed pixels: outside of them nothing ever changes.</summary>
    public int[] From { get; } = new int[layout.Height];

    public int[] To { get; } = new int[layout.Height];

    /// <summary>The iterate, the one before, and the smoothed one.</summary>
    public float* Current { get; private set; }

    public float* Previous { get; private set; }

    public float* Smoothed { get; private set; }

    /// <summary>Factor of the vertical second difference, by column: 4, less 1 for each neighbour that is outside.</summary>
    public float* ColumnFactor { get; private set; }

    /// <summary>Two rows on their way between the image and the first coarse grid, zero around.</summary>
    public float* UpperRow { get; private set; }

    public float* LowerRow { get; private set; }

    /// <summary>Two coarse rows: the share that an odd column takes from its left coarse column, and from its right.</summary>
    public float* Shares { get; private set; }

    /// <summary>Factor of the horizontal second difference in this row.</summary>
    public float RowFactor(int y) => 2 + Neighbours(y, Layout.Height);

    public float* Attach(float* memory)
    {
        float* first = memory;
        Inverse = first + Layout.Origin;
        Current = Inverse + Layout.Size;
        Previous = Current + Layout.Size;
        Smoothed = Previous + Layout.Size;
        ColumnFactor = first + (Planes * (nint)Layout.Size) + LanesTail.Width;
        UpperRow = ColumnFactor + Layout.Stride;
        LowerRow = UpperRow + Layout.Stride;
        Shares = LowerRow + Layout.Stride - LanesTail.Width;
        for (int x = 0; x < Layout.Width; x++)
        {
            ColumnFactor[x] = 2 + Neighbours(x, Layout.Width);
        }

        return first + (Planes * (nint)Layout.Size) + (Rows * Layout.Stride);
    }

    /// <summary>Sum of the weights of the neighbours inside: 2 beside, 1 diagonal.</summary>
    public int Diagonal(int y, int x)
    {
        int vertical = Neighbours(y, Layout.Height);
        int horizontal = Neighbours(x, Layout.Width);
        return (2 * vertical) + (2 * horizontal) + (vertical * horizontal);
    }

    /// <summary>What was the iterate becomes the one before.</summary>
    public void Swap()
    {
        float* current = Current;
        Current = Previous;
        Previous = current;
    }

    /// <summary>What was the lower row becomes the upper.</summary>
    public void SwapRows()
    {
        float* upper = UpperRow;
        UpperRow = LowerRow;
        LowerRow = upper;
    }

    private static int Neighbours(int position, int size) => (position > 0 ? 1 : 0) + (position < size - 1 ? 1 : 0);
}
