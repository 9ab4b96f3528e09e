namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary><c>CUpointer_attribute</c>, those that are asked for.</summary>
internal enum CudaPointerAttribute
{
    /// <summary>The context that an address belongs to; null for memory of a pool, which belongs to the device.</summary>
    Context = 1,
    DeviceOrdinal = 9,
}
