namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>A grid and the transfer from the next coarser one: the image's, whose matrix and transfer follow from the mask, or a stored one.</summary>
internal interface IFineGridGpu
{
    /// <summary>Matrix entry of point (y, x), which exists, to its neighbour; 0 where that lies outside.</summary>
    float Entry(int mask, int y, int x, int dy, int dx);

    /// <summary>What coarse point (y, x) gives to the point (2y + dy, 2x + dx) of this grid; 0 where either does not exist.</summary>
    float Weight(int mask, int y, int x, int dy, int dx);
}
