namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>A point in a stream's work: to wait for, or to measure time from.</summary>
internal sealed class CudaEvent : CudaHandle
{
    /// <exception cref="CudaException">The driver makes none.</exception>
    public CudaEvent(CudaContext context)
        : base(context) => Make(driver =>
        {
            driver.ThrowIfError(driver.EventCreate(out nint created), "Creating an event");
            return created;
        });

    protected override CudaResult Free() => Driver.EventDestroy(handle);
}
