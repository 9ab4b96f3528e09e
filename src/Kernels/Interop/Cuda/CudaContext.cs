using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>A device's primary context, the one that libtorch works in; retained while this lives.</summary>
internal sealed class CudaContext : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly int _device;

    /// <exception cref="CudaException">The driver refuses it.</exception>
    public CudaContext(ICudaDriver driver, int device)
        : base(ownsHandle: true)
    {
        (Driver, _device) = (driver, device);
        driver.ThrowIfError(driver.DevicePrimaryCtxRetain(out nint context, device), "Retaining the device's primary context");
        SetHandle(context);
    }

    public ICudaDriver Driver { get; }

    public nint Address => handle;

    /// <summary>Makes the context the calling thread's until the returned scope ends; what was current before is current again then.</summary>
    public Scope Enter()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        Driver.ThrowIfError(Driver.CtxPushCurrent(handle), "Entering the device's context");
        return new Scope(Driver);
    }

    protected override bool ReleaseHandle() => Driver.DevicePrimaryCtxRelease(_device) == CudaResult.Success;

    /// <summary>Leaves the context.</summary>
    internal readonly ref struct Scope(ICudaDriver driver)
    {
        // A failure here follows one that was thrown already.
        public void Dispose() => driver.CtxPopCurrent(out _);
    }
}
