using ILGPU;

namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>A stored plane of a grid plus the correction of the next coarser one, P e: each point takes from at most four.</summary>
internal readonly struct CorrectedFieldGpu<TGrid>(TGrid grid, int mask, PlaneFieldGpu plane, ImputationLevelGpu coarse, int system) : IFieldGpu
    where TGrid : struct, IFineGridGpu
{
    private readonly TGrid _grid = grid;
    private readonly int _mask = mask;
    private readonly PlaneFieldGpu _plane = plane;
    private readonly ImputationLevelGpu _coarse = coarse;
    private readonly int _from = system * coarse.Points;

    public float At(int y, int x)
    {
        float sum = _plane.At(y, x);
        for (int row = y / 2; row <= (y + 1) / 2; row++)
        {
            for (int column = x / 2; column <= (x + 1) / 2; column++)
            {
                if (_coarse.Holds(row, column))
                {
                    sum += _grid.Weight(_mask, row, column, y - (2 * row), x - (2 * column)) * _coarse.After[_from + (row * _coarse.Width) + column];
                }
            }
        }

        return sum;
    }
}
