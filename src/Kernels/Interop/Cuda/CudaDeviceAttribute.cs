namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary><c>CUdevice_attribute</c>, those that are asked for.</summary>
internal enum CudaDeviceAttribute
{
    MaxThreadsPerBlock = 1,
    WarpSize = 10,
    MultiprocessorCount = 16,
    CanMapHostMemory = 19,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
}
