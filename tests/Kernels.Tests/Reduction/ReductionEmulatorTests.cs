using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Reduction;

public sealed class ReductionEmulatorTests() : ReductionGpuTests(AcceleratorKind.Emulator)
{
    // Every thread of a group is a thread of the system here.
    protected override int LongestOfAll => 33;
}
