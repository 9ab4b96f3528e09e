using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Frames;

/// <summary>The resize's taps along one axis, computed on the host by the rule of the CPU variants and copied once.</summary>
internal sealed class FrameGpuAxis : IDisposable
{
    private readonly KernelBuffer<int> _first;
    private readonly KernelBuffer<float> _share;

    public FrameGpuAxis(KernelDevice device, int length, int mapLength)
    {
        int[] first = new int[length];
        float[] share = new float[length];
        for (int i = 0; i < length; i++)
        {
            (first[i], share[i]) = BilinearTap.Of(i, length, mapLength);
        }

        _first = device.Allocate<int>(first);
        _share = device.Allocate<float>(share);
    }

    public ArrayView<int> First => _first.View;

    public ArrayView<float> Share => _share.View;

    public void Dispose()
    {
        _first.Dispose();
        _share.Dispose();
    }
}
