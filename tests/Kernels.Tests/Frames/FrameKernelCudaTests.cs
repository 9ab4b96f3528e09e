using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Frames;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class FrameKernelCudaTests() : FrameKernelGpuTests(TestDevice.Cuda)
{
    // A fused multiply-add moves a value by less than 1e-6 of the range: one pixel in thousands lies that close to one of 255 steps.
    protected override double MostDifferent => 0.002;
}
