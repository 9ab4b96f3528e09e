using System.Runtime.InteropServices;
using System.Text;

namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>The system's driver.</summary>
internal sealed unsafe class CudaDriver : ICudaDriver
{
    private const int NameLength = 256;
    private const int LogLength = 16 << 10;

    // CUjit_option.
    private const int JitErrorLog = 5;
    private const int JitErrorLogSize = 6;

    // Does not wait for the legacy default stream and is not waited for: order is made by events.
    private const uint NonBlocking = 1;

    public CudaResult Init() => CudaNative.cuInit(0);

    public CudaResult DriverGetVersion(out int version) => CudaNative.cuDriverGetVersion(out version);

    public CudaResult DeviceGetCount(out int count) => CudaNative.cuDeviceGetCount(out count);

    public CudaResult DeviceGet(out int device, int ordinal) => CudaNative.cuDeviceGet(out device, ordinal);

    public CudaResult DeviceGetName(out string name, int device)
    {
        byte* text = stackalloc byte[NameLength];
        text[0] = 0;
        CudaResult result = CudaNative.cuDeviceGetName(text, NameLength, device);
        name = Marshal.PtrToStringUTF8((nint)text) ?? "";
        return result;
    }

    public CudaResult DeviceTotalMem(out nuint bytes, int device) => CudaNative.cuDeviceTotalMem(out bytes, device);

    public CudaResult DeviceGetAttribute(out int value, CudaDeviceAttribute attribute, int device) => CudaNative.cuDeviceGetAttribute(out value, attribute, device);

    public CudaResult DevicePrimaryCtxRetain(out nint context, int device) => CudaNative.cuDevicePrimaryCtxRetain(out context, device);

    public CudaResult DevicePrimaryCtxRelease(int device) => CudaNative.cuDevicePrimaryCtxRelease(device);

    public CudaResult CtxPushCurrent(nint context) => CudaNative.cuCtxPushCurrent(context);

    public CudaResult CtxPopCurrent(out nint context) => CudaNative.cuCtxPopCurrent(out context);

    public CudaResult ModuleLoadDataEx(out nint module, ReadOnlySpan<byte> image, out string log)
    {
        byte[] text = new byte[LogLength];
        fixed (byte* first = image, words = text)
        {
            int* options = stackalloc int[] { JitErrorLog, JitErrorLogSize };
            void** values = stackalloc void*[] { words, (void*)LogLength };
            CudaResult result = CudaNative.cuModuleLoadDataEx(out module, first, 2, options, values);
            log = result == CudaResult.Success ? "" : Encoding.UTF8.GetString(text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOf((byte)0)))).Trim();
            return result;
        }
    }

    public CudaResult ModuleUnload(nint module) => CudaNative.cuModuleUnload(module);

    public CudaResult ModuleGetFunction(out nint function, nint module, string name) => CudaNative.cuModuleGetFunction(out function, module, name);

    public CudaResult FuncGetAttribute(out int value, CudaFunctionAttribute attribute, nint function) => CudaNative.cuFuncGetAttribute(out value, attribute, function);

    public CudaResult LaunchKernel(nint function, uint groups, uint threads, nint stream, nint parameters) =>
        CudaNative.cuLaunchKernel(function, groups, 1, 1, threads, 1, 1, 0, stream, parameters, 0);

    public CudaResult MemAlloc(out nint address, nuint bytes) => CudaNative.cuMemAlloc(out address, bytes);

    public CudaResult MemFree(nint address) => CudaNative.cuMemFree(address);

    public CudaResult MemHostAlloc(out nint address, nuint bytes, CudaHostFlags flags) => CudaNative.cuMemHostAlloc(out address, bytes, flags);

    public CudaResult MemFreeHost(nint address) => CudaNative.cuMemFreeHost(address);

    public CudaResult MemHostGetDevicePointer(out nint device, nint host) => CudaNative.cuMemHostGetDevicePointer(out device, host, 0);

    public CudaResult MemcpyAsync(nint to, nint from, nuint bytes, nint stream) => CudaNative.cuMemcpyAsync(to, from, bytes, stream);

    public CudaResult MemsetD8Async(nint to, byte value, nuint bytes, nint stream) => CudaNative.cuMemsetD8Async(to, value, bytes, stream);

    public CudaResult PointerGetAttribute(out nint value, CudaPointerAttribute attribute, nint address)
    {
        // The context is a pointer, the ordinal an int: the rest of the value stays 0.
        nint found = 0;
        CudaResult result = CudaNative.cuPointerGetAttribute(&found, attribute, address);
        value = found;
        return result;
    }

    public CudaResult StreamCreate(out nint stream) => CudaNative.cuStreamCreate(out stream, NonBlocking);

    public CudaResult StreamDestroy(nint stream) => CudaNative.cuStreamDestroy(stream);

    public CudaResult StreamSynchronize(nint stream) => CudaNative.cuStreamSynchronize(stream);

    public CudaResult StreamWaitEvent(nint stream, nint waited) => CudaNative.cuStreamWaitEvent(stream, waited, 0);

    public CudaResult EventCreate(out nint created) => CudaNative.cuEventCreate(out created, 0);

    public CudaResult EventRecord(nint recorded, nint stream) => CudaNative.cuEventRecord(recorded, stream);

    public CudaResult EventSynchronize(nint waited) => CudaNative.cuEventSynchronize(waited);

    public CudaResult EventElapsedTime(out float milliseconds, nint from, nint to) => CudaNative.cuEventElapsedTime(out milliseconds, from, to);

    public CudaResult EventDestroy(nint destroyed) => CudaNative.cuEventDestroy(destroyed);

    public string Describe(CudaResult result)
    {
        string name = CudaNative.cuGetErrorName(result, out byte* first) == CudaResult.Success ? Marshal.PtrToStringUTF8((nint)first)! : "an unknown error";
        string words = CudaNative.cuGetErrorString(result, out byte* second) == CudaResult.Success ? Marshal.PtrToStringUTF8((nint)second)! : "no description";
        return $"{name} ({(int)result}): {words}";
    }
}
