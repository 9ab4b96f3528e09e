using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Reduction;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class ReductionPtxContractedTests() : ReductionGpuTests(TestDevice.PtxContracted)
{
    // Every instruction is interpreted here.
    protected override int LongestOfAll => 33;
}
