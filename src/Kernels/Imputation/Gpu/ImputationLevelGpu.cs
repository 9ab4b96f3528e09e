using ILGPU;

namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>One coarse grid of all systems, as kernels take it: matrices by mask, vectors by system.</summary>
internal struct ImputationLevelGpu
{
    public int Height;
    public int Width;
    public int Masks;

    /// <summary>[5,N,h,w]: entries of a point to itself, east, south-west, south, south-east; the others follow by symmetry.</summary>
    public ArrayView<float> Matrix;

    /// <summary>[N,h,w]: inverse diagonal times <see cref="Multigrid.Relaxation"/>, 0 where there is no unknown.</summary>
    public ArrayView<float> Inverse;

    /// <summary>[9,N,h,w]: what the point gives to the fine points around its own, row by row; empty on the finest of the coarse grids.</summary>
    public ArrayView<float> Transfer;

    /// <summary>[N,C,h,w]: right-hand side, and the correction before and after the last smoothing.</summary>
    public ArrayView<float> Right;

    public ArrayView<float> Before;

    public ArrayView<float> After;

    public readonly int Points => Height * Width;

    public readonly bool Holds(int y, int x) => y >= 0 && y < Height && x >= 0 && x < Width;

    /// <summary>Matrix entry of point (y, x) to its neighbour; 0 where that lies outside.</summary>
    public readonly float Entry(int mask, int y, int x, int dy, int dx)
    {
        if (!Holds(y + dy, x + dx))
        {
            return 0;
        }

        // Planes 0 to 4 are 3 dy + dx; what is negative is stored at the neighbour.
        int plane = (3 * dy) + dx;
        int at = plane < 0 ? ((y + dy) * Width) + x + dx : (y * Width) + x;
        plane = plane < 0 ? -plane : plane;
        return Matrix[(((plane * Masks) + mask) * Points) + at];
    }

    /// <summary>Place in <see cref="Transfer"/> of what point (y, x) gives to the fine point (2y + dy, 2x + dx).</summary>
    public readonly int TransferIndex(int mask, int y, int x, int dy, int dx) =>
        (((((3 * dy) + dx + 4) * Masks) + mask) * Points) + (y * Width) + x;
}
