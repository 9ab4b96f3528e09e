using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Reduction;

public sealed class ReductionCudaTests() : ReductionGpuTests(AcceleratorKind.Cuda);
