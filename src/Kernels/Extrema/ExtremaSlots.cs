using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Extrema;

/// <summary>The extremes of many maps and of all of them together, gathered by kernels and left on the device until they are asked for.</summary>
/// <remarks>A slot is three integers: the least value and the greatest as ordered bits, and whether something was not finite.</remarks>
public sealed class ExtremaSlots : IDisposable
{
    internal const int SlotLength = 3;

    private readonly KernelDevice _device;
    private readonly int[] _empty;
    private readonly KernelBuffer<int> _state;
    private readonly KernelBuffer<float> _result;
    private readonly Action<KernelConfig, ArrayView<int>, ArrayView<float>> _finish;

    /// <summary>Makes slots that hold nothing yet.</summary>
    /// <param name="device">Must outlive this object.</param>
    /// <param name="count">1 or more.</param>
    public ExtremaSlots(KernelDevice device, int count)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (_device, Count) = (device, count);
        _finish = device.Load<Action<KernelConfig, ArrayView<int>, ArrayView<float>>>(ExtremaSlotsGpuKernels.Finish);
        _empty = new int[count * SlotLength];
        for (int slot = 0; slot < count; slot++)
        {
            (_empty[slot * SlotLength], _empty[(slot * SlotLength) + 1]) = (int.MaxValue, int.MinValue);
        }

        _state = device.Allocate<int>(_empty);
        _result = device.Allocate<float>((count + 1) * SlotLength);
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Makes all slots hold nothing again.</summary>
    public void Clear() => _device.Write<int>(_empty, _state.View);

    /// <summary>Minimum and maximum of every slot, and as the last entry of all slots together: 0 and 0 where no value came; and whether something was not finite.</summary>
    public (float Minimum, float Maximum, bool HasNonFinite)[] Read()
    {
        _finish(new KernelConfig(1, _device.Shape.Threads), _state.View, _result.View);
        float[] values = _result.ToArray();
        return [.. Enumerable.Range(0, Count + 1).Select(i => (values[i * SlotLength], values[(i * SlotLength) + 1], values[(i * SlotLength) + 2] != 0))];
    }

    /// <summary>Where kernels gather one map's extremes.</summary>
    internal ArrayView<int> Slot(int index) => _state.View.SubView((long)index * SlotLength, SlotLength);

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _state.Dispose();
        _result.Dispose();
    }
}
