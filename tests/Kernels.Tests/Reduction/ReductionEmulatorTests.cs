using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Reduction;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class ReductionEmulatorTests() : ReductionGpuTests(TestDevice.Emulator)
{
    // Every thread of a group is a thread of the system here.
    protected override int LongestOfAll => 33;
}
