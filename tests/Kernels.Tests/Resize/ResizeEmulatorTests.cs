using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Resize;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class ResizeEmulatorTests() : ResizeGpuTests(TestDevice.Emulator)
{
    // Every thread of a group is a thread of the system here.
    protected override int LongestOfAll => 40;
}
