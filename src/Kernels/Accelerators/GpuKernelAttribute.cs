namespace CAManim.Native.Kernels.Accelerators;

/// <summary>Marks a static method as the entry of an explicitly grouped ILGPU kernel; the tests compile every one to PTX.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GpuKernelAttribute : Attribute;
