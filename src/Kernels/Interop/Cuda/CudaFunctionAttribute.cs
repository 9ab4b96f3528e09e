namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary><c>CUfunction_attribute</c>, those that are asked for.</summary>
internal enum CudaFunctionAttribute
{
    MaxThreadsPerBlock = 0,
    SharedSizeInBytes = 1,
    LocalSizeInBytes = 3,
    NumRegisters = 4,
}
