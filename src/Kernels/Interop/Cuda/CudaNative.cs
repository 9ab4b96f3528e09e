using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>The driver's functions, one declaration each; <c>_v2</c> where cuda.h says so. The library comes with NVIDIA's driver, not with the toolkit.</summary>
internal static unsafe partial class CudaNative
{
    /// <summary>The names that the driver's library is looked for by.</summary>
    public static readonly string[] Files = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so"];

    private const string Driver = "camanim-cuda-driver";

    private static readonly Lazy<nint> Library = new(() =>
        Files.Select(file => NativeLibrary.TryLoad(file, out nint handle) ? handle : 0).FirstOrDefault(handle => handle != 0));

    /// <summary>Whether the library is there.</summary>
    public static bool IsInstalled => Library.Value != 0;

    [ModuleInitializer]
    internal static void UseInstalledDriver() =>
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), static (name, _, _) => name == Driver ? Library.Value : 0);

    [LibraryImport(Driver)]
    public static partial CudaResult cuInit(uint flags);

    [LibraryImport(Driver)]
    public static partial CudaResult cuDriverGetVersion(out int version);

    [LibraryImport(Driver)]
    public static partial CudaResult cuDeviceGetCount(out int count);

    [LibraryImport(Driver)]
    public static partial CudaResult cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Driver)]
    public static partial CudaResult cuDeviceGetName(byte* name, int length, int device);

    [LibraryImport(Driver, EntryPoint = "cuDeviceTotalMem_v2")]
    public static partial CudaResult cuDeviceTotalMem(out nuint bytes, int device);

    [LibraryImport(Driver)]
    public static partial CudaResult cuDeviceGetAttribute(out int value, CudaDeviceAttribute attribute, int device);

    [LibraryImport(Driver)]
    public static partial CudaResult cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Driver, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    public static partial CudaResult cuDevicePrimaryCtxRelease(int device);

    [LibraryImport(Driver, EntryPoint = "cuCtxPushCurrent_v2")]
    public static partial CudaResult cuCtxPushCurrent(nint context);

    [LibraryImport(Driver, EntryPoint = "cuCtxPopCurrent_v2")]
    public static partial CudaResult cuCtxPopCurrent(out nint context);

    [LibraryImport(Driver)]
    public static partial CudaResult cuModuleLoadDataEx(out nint module, byte* image, uint count, int* options, void** values);

    [LibraryImport(Driver)]
    public static partial CudaResult cuModuleUnload(nint module);

    [LibraryImport(Driver, StringMarshalling = StringMarshalling.Utf8)]
    public static partial CudaResult cuModuleGetFunction(out nint function, nint module, string name);

    [LibraryImport(Driver)]
    public static partial CudaResult cuFuncGetAttribute(out int value, CudaFunctionAttribute attribute, nint function);

    [LibraryImport(Driver)]
    public static partial CudaResult cuLaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, nint parameters, nint extra);

    [LibraryImport(Driver, EntryPoint = "cuMemAlloc_v2")]
    public static partial CudaResult cuMemAlloc(out nint address, nuint bytes);

    [LibraryImport(Driver, EntryPoint = "cuMemFree_v2")]
    public static partial CudaResult cuMemFree(nint address);

    [LibraryImport(Driver)]
    public static partial CudaResult cuMemHostAlloc(out nint address, nuint bytes, CudaHostFlags flags);

    [LibraryImport(Driver)]
    public static partial CudaResult cuMemFreeHost(nint address);

    [LibraryImport(Driver, EntryPoint = "cuMemHostGetDevicePointer_v2")]
    public static partial CudaResult cuMemHostGetDevicePointer(out nint device, nint host, uint flags);

    [LibraryImport(Driver)]
    public static partial CudaResult cuMemcpyAsync(nint to, nint from, nuint bytes, nint stream);

    [LibraryImport(Driver)]
    public static partial CudaResult cuMemsetD8Async(nint to, byte value, nuint bytes, nint stream);

    [LibraryImport(Driver)]
    public static partial CudaResult cuPointerGetAttribute(void* value, CudaPointerAttribute attribute, nint address);

    [LibraryImport(Driver)]
    public static partial CudaResult cuStreamCreate(out nint stream, uint flags);

    [LibraryImport(Driver, EntryPoint = "cuStreamDestroy_v2")]
    public static partial CudaResult cuStreamDestroy(nint stream);

    [LibraryImport(Driver)]
    public static partial CudaResult cuStreamSynchronize(nint stream);

    [LibraryImport(Driver)]
    public static partial CudaResult cuStreamWaitEvent(nint stream, nint waited, uint flags);

    [LibraryImport(Driver)]
    public static partial CudaResult cuEventCreate(out nint created, uint flags);

    [LibraryImport(Driver)]
    public static partial CudaResult cuEventRecord(nint recorded, nint stream);

    [LibraryImport(Driver)]
    public static partial CudaResult cuEventSynchronize(nint waited);

    [LibraryImport(Driver)]
    public static partial CudaResult cuEventElapsedTime(out float milliseconds, nint from, nint to);

    [LibraryImport(Driver, EntryPoint = "cuEventDestroy_v2")]
    public static partial CudaResult cuEventDestroy(nint destroyed);

    [LibraryImport(Driver)]
    public static partial CudaResult cuGetErrorName(CudaResult result, out byte* name);

    [LibraryImport(Driver)]
    public static partial CudaResult cuGetErrorString(CudaResult result, out byte* words);
}
