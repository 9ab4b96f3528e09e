using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Selection;

/// <summary><see cref="PixelSelection"/> on a device, many maps at once: the same marks, to the bit.</summary>
/// <remarks>Checked on ILGPU's emulator and as PTX; not yet run on a card. The call puts work on the device and returns.</remarks>
public sealed class PixelSelectionGpu
{
    private readonly LaunchShape _shape;
    private readonly Action<KernelConfig, ArrayView<float>, int, ArrayView<int>, ArrayView<byte>, ArrayView<float>> _mark;

    /// <summary>Compiles the kernel for the device.</summary>
    /// <param name="device">Must outlive this object.</param>
    public PixelSelectionGpu(KernelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _shape = device.Shape;
        _mark = device.Load<Action<KernelConfig, ArrayView<float>, int, ArrayView<int>, ArrayView<byte>, ArrayView<float>>>(PixelSelectionGpuKernels.MarkSmallest);
    }

    /// <summary>Marks the K smallest of every map.</summary>
    /// <param name="values">[M,HW].</param>
    /// <param name="counts">K of each map [M], 0..HW; not checked, because they lie on the device.</param>
    /// <param name="marks">[M,HW], overwritten.</param>
    /// <param name="thresholds">The value of rank K of each map [M], overwritten; where K = HW, the largest.</param>
    /// <exception cref="ArgumentException">The sizes do not belong together, or a map has no pixels.</exception>
    public void MarkSmallest(ArrayView<float> values, ArrayView<int> counts, ArrayView<byte> marks, ArrayView<float> thresholds)
    {
        if (counts.Length == 0 || values.Length == 0 || values.Length % counts.Length != 0 || marks.Length != values.Length || thresholds.Length != counts.Length)
        {
            throw new ArgumentException($"{counts.Length} maps of equal size, a mark a value and a threshold a map are expected; there are {values.Length} values, {marks.Length} marks and {thresholds.Length} thresholds.");
        }

        _mark(_shape.For(counts.Length), values, (int)(values.Length / counts.Length), counts, marks, thresholds);
    }
}
