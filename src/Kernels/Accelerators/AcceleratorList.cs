using CAManim.Native.Kernels.Interop.Cuda;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>The devices of this machine that kernels can run on.</summary>
public static class AcceleratorList
{
    /// <summary>CUDA devices first, then the emulator, which is always there. No device is opened.</summary>
    /// <returns>At least one entry.</returns>
    public static IReadOnlyList<AcceleratorInfo> Find() => [.. FindCuda().Devices, EmulatorDevice.Description];

    /// <summary>The CUDA devices, or why there is none. No device is opened.</summary>
    public static CudaReport FindCuda() => CudaDevices.Look(CudaDevices.System);
}
