namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>A coarse grid and the next coarser one.</summary>
internal readonly struct StoredGridGpu(ImputationLevelGpu level, ImputationLevelGpu coarse) : IFineGridGpu
{
    private readonly ImputationLevelGpu _level = level;
    private readonly ImputationLevelGpu _coarse = coarse;

    public float Entry(int mask, int y, int x, int dy, int dx) => _level.Entry(mask, y, x, dy, dx);

    // Weights of fine points that do not exist were never written.
    public float Weight(int mask, int y, int x, int dy, int dx) =>
        _coarse.Holds(y, x) && _level.Holds((2 * y) + dy, (2 * x) + dx) ? _coarse.Transfer[_coarse.TransferIndex(mask, y, x, dy, dx)] : 0;
}
