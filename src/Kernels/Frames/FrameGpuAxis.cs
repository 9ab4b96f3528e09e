using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Frames;

/// <summary>The resize's taps along one axis, computed on the host by the rule of the CPU variants and copied once.</summary>
internal sealed class FrameGpuAxis : IDisposable
{
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _first;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _share;

    public FrameGpuAxis(Accelerator accelerator, int length, int mapLength)
    {
        int[] first = new int[length];
        float[] share = new float[length];
        for (int i = 0; i < length; i++)
        {
            (first[i], share[i]) = BilinearTap.Of(i, length, mapLength);
        }

        _first = accelerator.Allocate1D(first);
        _share = accelerator.Allocate1D(share);
    }

    public ArrayView<int> First => _first.View;

    public ArrayView<float> Share => _share.View;

    public void Dispose()
    {
        _first.Dispose();
        _share.Dispose();
    }
}
