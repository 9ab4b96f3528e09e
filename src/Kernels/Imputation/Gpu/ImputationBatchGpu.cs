using ILGPU;

namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>The images' grids of a batch, as kernels take them: a system is one channel under one mask.</summary>
internal struct ImputationBatchGpu
{
    public int Height;
    public int Width;
    public int Channels;

    /// <summary>Masks times channels.</summary>
    public int Systems;

    /// <summary>[N,H,W], not 0 where removed.</summary>
    public ArrayView<byte> Removed;

    /// <summary>[N]: removed pixels of each mask.</summary>
    public ArrayView<int> Counts;

    /// <summary>The iterate, the one before, and the smoothed one: [N,C,H,W] each.</summary>
    public ArrayView<float> Current;

    public ArrayView<float> Previous;

    public ArrayView<float> Smoothed;

    /// <summary>One <see cref="SystemStateGpu"/> a system.</summary>
    public ArrayView<SystemStateGpu> States;

    public readonly int Pixels => Height * Width;
}
