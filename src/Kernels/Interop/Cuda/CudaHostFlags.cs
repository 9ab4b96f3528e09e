namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>Flags of <c>cuMemHostAlloc</c>.</summary>
[Flags]
internal enum CudaHostFlags : uint
{
    /// <summary>Page-locked for every context.</summary>
    Portable = 1,

    /// <summary>Also at an address of the device.</summary>
    DeviceMap = 2,
}
