using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Accelerators;

/// <summary>Opened devices, one of each kind for all tests.</summary>
internal static class Devices
{
    private static readonly Lazy<KernelDevice> Emulator = new(() => KernelDevice.Open(AcceleratorKind.Emulator));
    private static readonly Lazy<KernelDevice?> Cuda = new(() => AcceleratorList.FindCuda().Problem is null ? KernelDevice.Open(AcceleratorKind.Cuda) : null);

    /// <summary>The device; skips the running test where this machine has none of that kind.</summary>
    public static KernelDevice Require(AcceleratorKind kind)
    {
        if (kind == AcceleratorKind.Emulator)
        {
            return Emulator.Value;
        }

        Assert.SkipWhen(Cuda.Value is null, "this machine has no CUDA device");
        return Cuda.Value;
    }
}
