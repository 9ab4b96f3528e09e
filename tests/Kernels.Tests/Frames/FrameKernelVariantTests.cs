using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Kernels.Tests.Frames;

public sealed class FrameKernelScalarTests() : FrameKernelTests(KernelVariant.Scalar);

public sealed class FrameKernelVector256Tests() : FrameKernelTests(KernelVariant.Vector256);

public sealed class FrameKernelVector512Tests() : FrameKernelTests(KernelVariant.Vector512);

public sealed class FrameKernelBestTests() : FrameKernelTests(KernelVariant.Auto);
