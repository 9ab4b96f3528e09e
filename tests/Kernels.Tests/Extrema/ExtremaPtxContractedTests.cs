using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Extrema;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class ExtremaPtxContractedTests() : ExtremaGpuTests(TestDevice.PtxContracted)
{
    // Every instruction is interpreted here.
    protected override int LongestOfAll => 20;
}
