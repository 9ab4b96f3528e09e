namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>An order of work beside the default stream.</summary>
internal sealed class CudaStream : CudaHandle
{
    /// <exception cref="CudaException">The driver makes none.</exception>
    public CudaStream(CudaContext context)
        : base(context) => Make(driver =>
        {
            driver.ThrowIfError(driver.StreamCreate(out nint stream), "Creating a stream");
            return stream;
        });

    protected override CudaResult Free() => Driver.StreamDestroy(handle);
}
