using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Imputation;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class ImputationPtxTests() : ImputationGpuTests(TestDevice.Ptx)
{
    // Every instruction is interpreted here.
    protected override int MostValues => 240;
}
