using ILGPU;

namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>A stored plane.</summary>
internal readonly struct PlaneFieldGpu(ArrayView<float> planes, int from, int width) : IFieldGpu
{
    private readonly ArrayView<float> _planes = planes;
    private readonly int _from = from;
    private readonly int _width = width;

    public float At(int y, int x) => _planes[_from + (y * _width) + x];
}
