using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Cuda;
using CAManim.Native.Kernels.Tests.Ptx;

namespace CAManim.Native.Kernels.Tests.Accelerators;

/// <summary>Opened devices, one of each kind for all tests.</summary>
internal static class Devices
{
    private static readonly Lazy<KernelDevice> Emulator = new(() => KernelDevice.Open(AcceleratorKind.Emulator));
    private static readonly Lazy<KernelDevice?> Cuda = new(() => AcceleratorList.FindCuda().Problem is null ? KernelDevice.Open(AcceleratorKind.Cuda) : null);
    private static readonly Lazy<KernelDevice> Ptx = new(() => OpenPtx(PtxContraction.None));
    private static readonly Lazy<KernelDevice> PtxContracted = new(() => OpenPtx(PtxContraction.First));

    /// <summary>The device; skips the running test where this machine has none of that kind.</summary>
    public static KernelDevice Require(TestDevice device)
    {
        Assert.SkipWhen(device == TestDevice.Cuda && Cuda.Value is null, "this machine has no CUDA device");
        return device switch
        {
            TestDevice.Emulator => Emulator.Value,
            TestDevice.Ptx => Ptx.Value,
            TestDevice.PtxContracted => PtxContracted.Value,
            _ => Cuda.Value!,
        };
    }

    private static CudaKernelDevice OpenPtx(PtxContraction contraction) =>
        CudaKernelDevice.Open(new FakeDriver { OwnsTheRest = true, Machine = new PtxMachine { Contraction = contraction } }, 0);
}
