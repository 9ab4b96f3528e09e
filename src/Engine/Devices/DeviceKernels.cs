using System.Collections.Concurrent;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Devices;

/// <summary>The kernels of one device, compiled once a process. Whoever launches holds <see cref="Gate"/>.</summary>
internal sealed class DeviceKernels
{
    private static readonly ConcurrentDictionary<(AcceleratorKind Kind, int Index), Lazy<DeviceKernels>> Known = new();

    private DeviceKernels(AcceleratorKind kind, int index)
    {
        Device = KernelDevice.Open(kind, index);
        Reduction = new FusedReductionGpu(Device);
        Resize = new BilinearResizeGpu(Device);
    }

    /// <summary>Where they run.</summary>
    public KernelDevice Device { get; }

    /// <summary>Activation and gradient to maps.</summary>
    public FusedReductionGpu Reduction { get; }

    /// <summary>Extremes at the input's size.</summary>
    public BilinearResizeGpu Resize { get; }

    /// <summary>Work buffers are shared: one at a time.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Those of a device.</summary>
    /// <exception cref="CamException">Kernels cannot run there; the message says why.</exception>
    public static DeviceKernels Of(AcceleratorKind kind, int index)
    {
        try
        {
            return Known.GetOrAdd((kind, index), key => new Lazy<DeviceKernels>(() => new DeviceKernels(key.Kind, key.Index))).Value;
        }
        catch (InvalidOperationException error)
        {
            throw new CamException(error.Message, error);
        }
    }
}
