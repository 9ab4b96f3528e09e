using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>The devices of this machine that ILGPU can use.</summary>
public static class AcceleratorList
{
    /// <summary>CUDA devices first, then the emulator, which is always there. No device is opened.</summary>
    /// <returns>At least one entry.</returns>
    public static IReadOnlyList<AcceleratorInfo> Find()
    {
        using Context context = NewContext();
        List<AcceleratorInfo> found = [];
        foreach (AcceleratorKind kind in (ReadOnlySpan<AcceleratorKind>)[AcceleratorKind.Cuda, AcceleratorKind.Emulator])
        {
            int index = 0;
            foreach (Device device in DevicesOf(context, kind))
            {
                found.Add(new AcceleratorInfo
                {
                    Index = index++,
                    Name = device.Name,
                    Kind = kind,
                    MemoryInBytes = device.MemorySize,
                    Multiprocessors = device.NumMultiprocessors,
                    WarpSize = device.WarpSize,
                    ComputeCapability = device is CudaDevice { Architecture: { } architecture } ? $"{architecture.Major}.{architecture.Minor}" : null,
                });
            }
        }

        return found;
    }

    // Two warps of four: the fewest threads that still have several warps to bring together; each is a thread of the system.
    internal static Context NewContext() => Context.Create(builder => builder.CPU(new CPUDevice(4, 2, 1)).Cuda().Optimize(OptimizationLevel.O2));

    internal static IEnumerable<Device> DevicesOf(Context context, AcceleratorKind kind) =>
        context.Devices.Where(device => device.AcceleratorType == (kind == AcceleratorKind.Cuda ? AcceleratorType.Cuda : AcceleratorType.CPU));
}
