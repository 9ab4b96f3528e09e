using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Frames;

public sealed class FrameKernelEmulatorTests() : FrameKernelGpuTests(AcceleratorKind.Emulator);
