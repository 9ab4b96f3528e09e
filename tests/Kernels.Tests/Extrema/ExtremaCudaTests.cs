using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Extrema;

public sealed class ExtremaCudaTests() : ExtremaGpuTests(AcceleratorKind.Cuda);
