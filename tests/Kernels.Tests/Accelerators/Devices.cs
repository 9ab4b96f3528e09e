using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Accelerators;

/// <summary>Opened devices, one of each kind for all tests.</summary>
internal static class Devices
{
    private static readonly Lazy<AcceleratorSession> Emulator = new(() => AcceleratorSession.Open(AcceleratorKind.Emulator));
    private static readonly Lazy<AcceleratorSession?> Cuda = new(() =>
        AcceleratorList.Find().Any(info => info.Kind == AcceleratorKind.Cuda) ? AcceleratorSession.Open(AcceleratorKind.Cuda) : null);

    /// <summary>The device; skips the running test where this machine has none of that kind.</summary>
    public static AcceleratorSession Require(AcceleratorKind kind)
    {
        if (kind == AcceleratorKind.Emulator)
        {
            return Emulator.Value;
        }

        Assert.SkipWhen(Cuda.Value is null, "this machine has no CUDA device");
        return Cuda.Value;
    }
}
