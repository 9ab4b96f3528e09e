using ILGPU;

namespace CAManim.Native.Kernels.Resize;

/// <summary>A <see cref="ResizeAxis"/> pair in the accelerator's memory, as kernels take it.</summary>
internal struct ResizeTables
{
    public ArrayView<int> ColumnFirst;
    public ArrayView<int> ColumnSecond;
    public ArrayView<float> ColumnShare;
    public ArrayView<int> RowFirst;
    public ArrayView<int> RowSecond;
    public ArrayView<float> RowShare;
}
