namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>A call of the CUDA driver failed; the message says which, why and what to do.</summary>
public sealed class CudaException : Exception
{
    internal CudaException(string message, CudaResult result)
        : base(message) => Result = result;

    /// <summary>Whether the device had too little memory left: a smaller batch may fit.</summary>
    public bool IsOutOfMemory => Result is CudaResult.OutOfMemory;

    /// <summary>Whether the device cannot be used by this process any more: its memory is lost, only a new process helps.</summary>
    public bool IsDeviceLost => Result is CudaResult.EccUncorrectable or CudaResult.Deinitialized or CudaResult.ContextIsDestroyed
        or (>= CudaResult.IllegalAddress and <= CudaResult.LaunchFailed and not CudaResult.LaunchOutOfResources) or CudaResult.SystemNotReady or CudaResult.Unknown;

    internal CudaResult Result { get; }
}
