using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>The grids of one image size and their memory; see <see cref="LinearImputation"/> for the method.</summary>
internal sealed unsafe class Multigrid
{
    /// <summary>Diagonal below which a coarse point is no unknown.</summary>
    public const float LeastDiagonal = 1e-4f;

    /// <summary>A denominator this small against the diagonal says that the point hangs on its neighbours across only.</summary>
    public const float LeastDenominator = 1e-5f;

    /// <summary>
    /// Factor of the coarse grids' Jacobi steps: on 1,500 random masks 1.15 needs 0.2 iterations less than 1, and 1.25 begins to lose.
    /// Convergent as long as no eigenvalue of D^-1 A exceeds 2 / 1.15; those of nine-point stencils of one sign lie about 1.3.
    /// </summary>
    public const float Relaxation = 1.15f;

    private readonly Level[] _levels;
    private readonly Transfer _down;
    private readonly SplitStencil _inner;
    private readonly SplitStencil _outer;
    private readonly float* _splitRows;
    private readonly float* _scratch;

    // Holds the memory that the pointers point to.
    private readonly float[] _memory;

    public Multigrid(int height, int width)
    {
        Grid = new FineGrid(new GridLayout(height, width));
        List<Level> levels = [];
        GridLayout layout = Grid.Layout;
        _down = new Transfer(layout.Coarser);
        long size = (FineGrid.Planes * (long)layout.Size) + (FineGrid.Rows * layout.Stride) + (Transfer.Planes * (long)layout.Coarser.Size);
        do
        {
            layout = layout.Coarser;
            levels.Add(new Level(layout) { Down = layout.IsPoint ? null : new Transfer(layout.Coarser) });
            size += (Level.Planes * (long)layout.Size) + (layout.IsPoint ? 0 : Transfer.Planes * (long)layout.Coarser.Size);
        }
        while (!layout.IsPoint);

        _levels = [.. levels];
        int stride = Grid.Layout.Coarser.Stride;
        int splitSize = SplitRows<Lanes256>.Size(stride);
        size += (2 * SplitStencil.Rows * stride) + splitSize + (6 * stride) + LanesTail.Width;
        _memory = GC.AllocateArray<float>(checked((int)size), pinned: true);
        float* memory = Grid.Attach(Align((float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory))));
        memory = _down.Attach(memory);
        foreach (Level level in _levels)
        {
            memory = level.Attach(memory);
            memory = level.Down is null ? memory : level.Down.Attach(memory);
        }

        _inner = SplitStencil.Attach(memory, stride);
        _outer = SplitStencil.Attach(memory + (SplitStencil.Rows * stride), stride);
        _splitRows = memory + (2 * SplitStencil.Rows * stride);
        _scratch = _splitRows + splitSize;
        FillConstants();
    }

    public FineGrid Grid { get; }

    /// <summary>For guaranteed solves, made when first asked for.</summary>
    public ExactResidual Exact => field ??= new ExactResidual(Grid.Layout);

    /// <summary>Computes all that depends on the mask; <see cref="FineGrid.Inverse"/> is there.</summary>
    public void Prepare<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes>
    {
        GridLayout fine = Grid.Layout;
        for (int row = 0; row < fine.Coarser.Height; row++)
        {
            FinestTransfer<TLanes>.Fill(_down, row, fine, Grid.Inverse, Grid.Shares, _scratch);
        }

        for (int row = 0; row < fine.Coarser.Height; row++)
        {
            int y = 2 * row;
            GalerkinRows<TLanes>.Assemble(_down, row, FinestRow(y - 1), FinestRow(y), FinestRow(y + 1), y + 1 < fine.Height, _levels[0], _scratch);
        }

        Invert<TLanes>(_levels[0]);
        for (int i = 0; i + 1 < _levels.Length; i++)
        {
            Coarsen<TLanes>(_levels[i], _levels[i + 1]);
        }
    }

    /// <summary>Smooths the start twice: a sixth of an iteration each, and together they save nearly one.</summary>
    public void Start<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes>
    {
        FineSweeps<TLanes, NoSource>.Smooth(Grid, Grid.Current, Grid.Smoothed);
        FineSweeps<TLanes, NoSource>.Smooth(Grid, Grid.Smoothed, Grid.Current);
    }

    /// <summary>One iteration on the channel in the grid.</summary>
    /// <returns>The largest change of a pixel.</returns>
    public float Iterate<TLanes, TSource>(float a, float b)
        where TLanes : unmanaged, ILanes<TLanes>
        where TSource : struct, ISource
    {
        FineSweeps<TLanes, TSource>.Down(Grid, _levels[0].Right);
        CoarseCycle<TLanes>.Run(_levels, 0, _scratch);
        return FineSweeps<TLanes, TSource>.Up(Grid, _levels[0].After, a, b);
    }

    private static float* Align(float* memory)
    {
        // A cache line; every stride and origin is a multiple of it.
        nuint address = ((nuint)memory + 63) & ~(nuint)63;
        return (float*)address;
    }

    private void Coarsen<TLanes>(Level level, Level coarse)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        Transfer transfer = level.Down!;
        SplitRows<TLanes> rows = new(level, _splitRows, coarse.Layout.Stride);
        new Span<float>(_splitRows, SplitRows<TLanes>.Size(coarse.Layout.Stride)).Clear();
        int height = coarse.Layout.Height;
        for (int row = 0; row <= height; row++)
        {
            int y = 2 * row;
            if (row < height)
            {
                TransferWeights<TLanes>.Sides(transfer, row, rows.Row(y - 1), rows.Row(y), rows.Row(y + 1));
            }

            if (row > 0 && y - 1 < level.Layout.Height)
            {
                TransferWeights<TLanes>.Corners(transfer, row - 1, rows.Row(y - 2), rows.Row(y - 1));
            }
        }

        for (int row = 0; row < height; row++)
        {
            int y = 2 * row;
            bool hasBelow = y + 1 < level.Layout.Height;
            GalerkinRows<TLanes>.Assemble(transfer, row, rows.Row(y - 1), rows.Row(y), rows.Row(hasBelow ? y + 1 : y), hasBelow, coarse, _scratch);
        }

        Invert<TLanes>(coarse);
    }

    private static void Invert<TLanes>(Level level)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        // One point is solved by one step.
        TLanes numerator = TLanes.Broadcast(level.Layout.IsPoint ? 1 : Relaxation);
        TLanes floor = TLanes.Broadcast(LeastDiagonal);
        for (int y = 0; y < level.Layout.Height; y++)
        {
            nint row = (nint)y * level.Layout.Stride;
            for (int x = 0; x < level.Layout.PaddedWidth; x += LanesTail.Width)
            {
                TLanes centre = TLanes.Load(level.Centre + row + x);
                TLanes.Store(TLanes.WhereAtLeast(centre, floor, numerator / centre), level.Inverse + row + x);
            }
        }
    }

    private SplitStencil FinestRow(int y) => y <= 0 || y >= Grid.Layout.Height - 1 ? _outer : _inner;

    // The finest matrix without a mask: the masks come in with the transfer, P = mask times bilinear.
    private void FillConstants()
    {
        // Below the finest grid every coarse point lies on a fine one and takes its place.
        foreach (Transfer transfer in _levels.Where(level => level.Down is not null).Select(level => level.Down!))
        {
            for (int y = 0; y < transfer.Coarse.Height; y++)
            {
                new Span<float>(transfer.Centre + ((nint)y * transfer.Coarse.Stride), transfer.Coarse.Width).Fill(1);
            }
        }

        GridLayout fine = Grid.Layout;
        FinestTransfer<Lanes256>.FillShares(fine, Grid.Shares);
        for (int x = 0; x < fine.Width; x++)
        {
            int j = x / 2;
            bool isEven = x % 2 == 0;
            float east = x + 1 < fine.Width ? 1 : 0;
            float west = x > 0 ? 1 : 0;
            foreach (SplitStencil stencil in (ReadOnlySpan<SplitStencil>)[_inner, _outer])
            {
                (isEven ? stencil.EastEven : stencil.EastOdd)[j] = -2 * east;
                (isEven ? stencil.SouthEven : stencil.SouthOdd)[j] = -2;
                (isEven ? stencil.SouthEastEven : stencil.SouthEastOdd)[j] = -east;
                (isEven ? stencil.SouthWestEven : stencil.SouthWestOdd)[j] = -west;
            }

            (isEven ? _inner.CentreEven : _inner.CentreOdd)[j] = Grid.Diagonal(int.Min(1, fine.Height - 1), x);
            (isEven ? _outer.CentreEven : _outer.CentreOdd)[j] = Grid.Diagonal(0, x);
        }
    }
}
