namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>Values of one system on a grid, stored or computed where they are asked for.</summary>
internal interface IFieldGpu
{
    /// <summary>The value at a point that exists.</summary>
    float At(int y, int x);
}
