namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>
/// What is used of the CUDA driver API, one method a function, with its names less <c>cu</c>. <see cref="CudaDriver"/> is the system's;
/// the tests have one that records, checks the order of calls and fails on request.
/// </summary>
internal interface ICudaDriver
{
    CudaResult Init();

    CudaResult DriverGetVersion(out int version);

    CudaResult DeviceGetCount(out int count);

    CudaResult DeviceGet(out int device, int ordinal);

    CudaResult DeviceGetName(out string name, int device);

    CudaResult DeviceTotalMem(out nuint bytes, int device);

    CudaResult DeviceGetAttribute(out int value, CudaDeviceAttribute attribute, int device);

    CudaResult DevicePrimaryCtxRetain(out nint context, int device);

    CudaResult DevicePrimaryCtxRelease(int device);

    CudaResult CtxPushCurrent(nint context);

    CudaResult CtxPopCurrent(out nint context);

    /// <param name="module">The loaded module.</param>
    /// <param name="image">PTX, closed by a zero.</param>
    /// <param name="log">What the compiler says where it fails, else empty.</param>
    CudaResult ModuleLoadDataEx(out nint module, ReadOnlySpan<byte> image, out string log);

    CudaResult ModuleUnload(nint module);

    CudaResult ModuleGetFunction(out nint function, nint module, string name);

    CudaResult FuncGetAttribute(out int value, CudaFunctionAttribute attribute, nint function);

    /// <param name="function">The kernel.</param>
    /// <param name="groups">Blocks of the one-dimensional grid.</param>
    /// <param name="threads">Threads of a block.</param>
    /// <param name="stream">0 for the legacy default stream.</param>
    /// <param name="parameters">An array of addresses, one a parameter.</param>
    CudaResult LaunchKernel(nint function, uint groups, uint threads, nint stream, nint parameters);

    CudaResult MemAlloc(out nint address, nuint bytes);

    CudaResult MemFree(nint address);

    CudaResult MemHostAlloc(out nint address, nuint bytes, CudaHostFlags flags);

    CudaResult MemFreeHost(nint address);

    CudaResult MemHostGetDevicePointer(out nint device, nint host);

    /// <summary>Either way, or on the device; addresses are unified.</summary>
    CudaResult MemcpyAsync(nint to, nint from, nuint bytes, nint stream);

    CudaResult MemsetD8Async(nint to, byte value, nuint bytes, nint stream);

    CudaResult PointerGetAttribute(out nint value, CudaPointerAttribute attribute, nint address);

    CudaResult StreamCreate(out nint stream);

    CudaResult StreamDestroy(nint stream);

    CudaResult StreamSynchronize(nint stream);

    CudaResult StreamWaitEvent(nint stream, nint waited);

    CudaResult EventCreate(out nint created);

    CudaResult EventRecord(nint recorded, nint stream);

    CudaResult EventSynchronize(nint waited);

    CudaResult EventElapsedTime(out float milliseconds, nint from, nint to);

    CudaResult EventDestroy(nint destroyed);

    /// <summary>The constant's name and the driver's words for it.</summary>
    string Describe(CudaResult result);
}
