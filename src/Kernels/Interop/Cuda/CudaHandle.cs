using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>Something that was made in a context and is freed in it; the context stays until then.</summary>
internal abstract class CudaHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly CudaContext _context;
    private bool _isCounted;

    protected CudaHandle(CudaContext context)
        : base(ownsHandle: true) => _context = context;

    /// <summary>The driver's handle or address.</summary>
    public nint Address => handle;

    protected ICudaDriver Driver => _context.Driver;

    /// <summary>Makes it, in the context.</summary>
    /// <param name="make">Returns the handle.</param>
    protected void Make(Func<ICudaDriver, nint> make)
    {
        _context.DangerousAddRef(ref _isCounted);
        try
        {
            using CudaContext.Scope scope = _context.Enter();
            SetHandle(make(Driver));
        }
        catch
        {
            // Without a handle there is nothing to release later.
            Uncount();
            throw;
        }
    }

    /// <summary>Frees it; the context is current.</summary>
    protected abstract CudaResult Free();

    protected override bool ReleaseHandle()
    {
        // The context's own handle may be closed already and waits for this one: it is entered without its guard.
        bool isEntered = Driver.CtxPushCurrent(_context.Address) == CudaResult.Success;
        bool isFreed = isEntered && Free() == CudaResult.Success;
        if (isEntered)
        {
            Driver.CtxPopCurrent(out _);
        }

        Uncount();
        return isFreed;
    }

    private void Uncount()
    {
        if (_isCounted)
        {
            _isCounted = false;
            _context.DangerousRelease();
        }
    }
}
