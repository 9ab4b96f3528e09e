using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Resize;

public sealed class ResizeEmulatorTests() : ResizeGpuTests(AcceleratorKind.Emulator)
{
    // Every thread of a group is a thread of the system here.
    protected override int LongestOfAll => 40;
}
