using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The image's grid: planes of one channel with a border of one replicated pixel, and what depends on the mask.</summary>
internal sealed unsafe class FineGrid(GridLayout layout)
{
    /// <summary>Planes that <see cref="Attach"/> takes, and rows of its stride besides.</summary>
    public const int Planes = 5;
    public const int Rows = 5;

    public GridLayout Layout { get; } = layout;

    /// <summary>One over the diagonal (twelve inside, less at the border) at removed pixels, 0 at known ones and outside.</summary>
    public float* Inverse { get; private set; }

    /// <summary>
    /// Runs of columns, in sixteens, that hold a row's removed pixels: outside of them nothing ever changes. Those of row y lie from
    /// <see cref="FirstRun"/>[y] up to FirstRun[y + 1].
    /// </summary>
    public int[] RunFrom { get; } = new int[MostRuns(layout)];

    public int[] RunTo { get; } = new int[MostRuns(layout)];

    public int[] FirstRun { get; } = new int[layout.Height + 1];

    /// <summary>The iterate, the one before, and the smoothed one.</summary>
    public float* Current { get; private set; }

    public float* Previous { get; private set; }

    public float* Smoothed { get; private set; }

    /// <summary>Right-hand side at removed pixels, for <see cref="PlaneSource"/>: sum over the neighbours of w (x_i - x_j).</summary>
    public float* Source { get; private set; }

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
        Source = Smoothed + Layout.Size;
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

    /// <summary>Starts at zero, known pixels included.</summary>
    public void Clear()
    {
        foreach (long plane in (ReadOnlySpan<long>)[(long)Current, (long)Previous, (long)Smoothed])
        {
            new Span<float>((float*)plane - Layout.Origin, Layout.Size).Clear();
        }
    }

    /// <summary>Copies the outermost pixels of a row, and the outermost rows, to the border around the image: over its own columns only.</summary>
    public void Replicate(float* plane, int y)
    {
        float* row = plane + ((nint)y * Layout.Stride);
        row[-1] = row[0];
        row[Layout.Width] = row[Layout.Width - 1];
        if (y == 0)
        {
            new Span<float>(row - 1, Layout.Width + 2).CopyTo(new Span<float>(row - Layout.Stride - 1, Layout.Width + 2));
        }

        if (y == Layout.Height - 1)
        {
            new Span<float>(row - 1, Layout.Width + 2).CopyTo(new Span<float>(row + Layout.Stride - 1, Layout.Width + 2));
        }
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

    // Every other block of sixteen begins one.
    private static int MostRuns(GridLayout layout) => layout.Height * (((layout.PaddedWidth / LanesTail.Width) + 1) / 2);

    private static int Neighbours(int position, int size) => (position > 0 ? 1 : 0) + (position < size - 1 ? 1 : 0);
}
