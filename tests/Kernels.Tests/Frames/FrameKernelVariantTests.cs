using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Kernels.Tests.Frames;

public sealed class FrameKernelScalarTests() : FrameKernelTests(FrameVariant.Scalar);

public sealed class FrameKernelVector256Tests() : FrameKernelTests(FrameVariant.Vector256);

public sealed class FrameKernelVector512Tests() : FrameKernelTests(FrameVariant.Vector512);

public sealed class FrameKernelBestTests() : FrameKernelTests(FrameVariant.Best);
