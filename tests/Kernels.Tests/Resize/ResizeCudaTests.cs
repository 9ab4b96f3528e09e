using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Resize;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class ResizeCudaTests() : ResizeGpuTests(TestDevice.Cuda);
