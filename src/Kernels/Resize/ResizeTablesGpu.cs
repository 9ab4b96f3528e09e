using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Resize;

/// <summary>The tables of one pair of sizes, computed on the host by the rule of the CPU variants and copied once.</summary>
internal sealed class ResizeTablesGpu : IDisposable
{
    private readonly List<MemoryBuffer> _buffers = [];

    public ResizeTablesGpu(Accelerator accelerator, int height, int width, int targetHeight, int targetWidth)
    {
        ResizeAxis axis = new();
        axis.Prepare(width, targetWidth);
        Views.ColumnFirst = Copy(accelerator, axis.First);
        Views.ColumnSecond = Copy(accelerator, axis.Second);
        Views.ColumnShare = Copy(accelerator, axis.Share);
        axis.Prepare(height, targetHeight);
        Views.RowFirst = Copy(accelerator, axis.First);
        Views.RowSecond = Copy(accelerator, axis.Second);
        Views.RowShare = Copy(accelerator, axis.Share);
    }

    /// <summary>What the kernels take.</summary>
    public readonly ResizeTables Views;

    public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());

    private ILGPU.ArrayView<T> Copy<T>(Accelerator accelerator, T[] values)
        where T : unmanaged
    {
        MemoryBuffer1D<T, ILGPU.Stride1D.Dense> buffer = accelerator.Allocate1D(values);
        _buffers.Add(buffer);
        return buffer.View;
    }
}
