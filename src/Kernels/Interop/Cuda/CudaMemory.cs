namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>Memory of the device.</summary>
internal sealed class CudaMemory : CudaHandle
{
    /// <exception cref="CudaException">The device has too little left.</exception>
    public CudaMemory(CudaContext context, long bytes)
        : base(context) => Make(driver =>
        {
            driver.ThrowIfError(driver.MemAlloc(out nint address, (nuint)bytes), $"Allocating {bytes} bytes on the device");
            return address;
        });

    protected override CudaResult Free() => Driver.MemFree(handle);
}
