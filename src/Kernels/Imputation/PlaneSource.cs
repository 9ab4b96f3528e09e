namespace CAManim.Native.Kernels.Imputation;

/// <summary>The right-hand side of <see cref="FineGrid.Source"/>.</summary>
internal readonly struct PlaneSource : ISource
{
    public static bool IsThere => true;
}
