namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>Page-locked memory of the host that kernels write through an address of the device.</summary>
internal sealed class CudaHostMemory : CudaHandle
{
    /// <exception cref="CudaException">The system does not lock so many pages, or the device does not map memory of the host.</exception>
    public CudaHostMemory(CudaContext context, long bytes)
        : base(context) => Make(driver =>
        {
            driver.ThrowIfError(driver.MemHostAlloc(out nint address, (nuint)bytes, CudaHostFlags.Portable | CudaHostFlags.DeviceMap), $"Locking {bytes} bytes of the host's memory");
            CudaResult result = driver.MemHostGetDevicePointer(out nint device, address);
            if (result != CudaResult.Success)
            {
                driver.MemFreeHost(address);
                driver.ThrowIfError(result, "Mapping locked memory for the device");
            }

            DeviceAddress = device;
            return address;
        });

    /// <summary>Where kernels find it.</summary>
    public nint DeviceAddress { get; private set; }

    protected override CudaResult Free() => Driver.MemFreeHost(handle);
}
