using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Resize;

public sealed class ResizeCudaTests() : ResizeGpuTests(AcceleratorKind.Cuda);
