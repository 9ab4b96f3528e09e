namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>The image's grid: the matrix of the weights 2 and 1, transfer = mask times bilinear.</summary>
internal readonly struct ImageGridGpu(ImputationBatchGpu batch) : IFineGridGpu
{
    private readonly ImputationBatchGpu _batch = batch;

    public bool Holds(int y, int x) => y >= 0 && y < _batch.Height && x >= 0 && x < _batch.Width;

    public bool IsRemoved(int mask, int y, int x) => _batch.Removed[(mask * _batch.Pixels) + (y * _batch.Width) + x] != 0;

    /// <summary>Sum of the weights of the neighbours inside: 2 beside, 1 diagonal.</summary>
    public int Diagonal(int y, int x)
    {
        int vertical = (y > 0 ? 1 : 0) + (y < _batch.Height - 1 ? 1 : 0);
        int horizontal = (x > 0 ? 1 : 0) + (x < _batch.Width - 1 ? 1 : 0);
        return (2 * vertical) + (2 * horizontal) + (vertical * horizontal);
    }

    public float Entry(int mask, int y, int x, int dy, int dx) =>
        dy == 0 && dx == 0 ? Diagonal(y, x) : Holds(y + dy, x + dx) ? (dy * dx == 0 ? -2 : -1) : 0;

    public float Weight(int mask, int y, int x, int dy, int dx)
    {
        int fineY = (2 * y) + dy;
        int fineX = (2 * x) + dx;
        bool exists = (2 * y) < _batch.Height && (2 * x) < _batch.Width && y >= 0 && x >= 0 && Holds(fineY, fineX);
        return exists && IsRemoved(mask, fineY, fineX) ? Share(dy, fineY, _batch.Height) * Share(dx, fineX, _batch.Width) : 0;
    }

    // The last odd row or column has one coarse neighbour only and takes all of its value.
    private static float Share(int offset, int fine, int size) => offset == 0 || fine == size - 1 ? 1 : 0.5f;
}
