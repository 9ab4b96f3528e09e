using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Resize;

/// <summary>The tables of one pair of sizes, computed on the host by the rule of the CPU variants and copied once.</summary>
internal sealed class ResizeTablesGpu : IDisposable
{
    private readonly List<IDisposable> _buffers = [];

    public ResizeTablesGpu(KernelDevice device, int height, int width, int targetHeight, int targetWidth)
    {
        ResizeAxis axis = new();
        axis.Prepare(width, targetWidth);
        Views.ColumnFirst = Copy(device, axis.First);
        Views.ColumnSecond = Copy(device, axis.Second);
        Views.ColumnShare = Copy(device, axis.Share);
        axis.Prepare(height, targetHeight);
        Views.RowFirst = Copy(device, axis.First);
        Views.RowSecond = Copy(device, axis.Second);
        Views.RowShare = Copy(device, axis.Share);
    }

    /// <summary>What the kernels take.</summary>
    public readonly ResizeTables Views;

    public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());

    private ArrayView<T> Copy<T>(KernelDevice device, T[] values)
        where T : unmanaged
    {
        KernelBuffer<T> buffer = device.Allocate<T>(values);
        _buffers.Add(buffer);
        return buffer.View;
    }
}
