using System.Collections.Concurrent;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Resize;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Devices;

/// <summary>The kernels of one device, compiled once a process. Whoever launches holds <see cref="Gate"/>.</summary>
internal sealed class DeviceKernels
{
    private static readonly ConcurrentDictionary<(AcceleratorKind Kind, int Index), Lazy<DeviceKernels>> Known = new();

    private RemovalImagesGpu? _removal;

    /// <summary>Those of a device that stays the caller's.</summary>
    public DeviceKernels(KernelDevice device)
    {
        Device = device;
        Reduction = new FusedReductionGpu(Device);
        Resize = new BilinearResizeGpu(Device);
    }

    /// <summary>Where they run.</summary>
    public KernelDevice Device { get; }

    /// <summary>Activation and gradient to maps.</summary>
    public FusedReductionGpu Reduction { get; }

    /// <summary>Extremes at the input's size.</summary>
    public BilinearResizeGpu Resize { get; }

    /// <summary>Images with removed pixels; compiled when first asked for, under the gate.</summary>
    public RemovalImagesGpu Removal => _removal ??= new RemovalImagesGpu(Device);

    /// <summary>Work buffers are shared: one at a time.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Those for a tensor: its card's, or the emulator's where that is asked for; null for the vector code of the processor.</summary>
    /// <exception cref="CamException">Kernels cannot run there; the message says why.</exception>
    public static DeviceKernels? For(Tensor input, bool isEmulating) =>
        input.device_type == DeviceType.CUDA ? Of(AcceleratorKind.Cuda, Math.Max(0, input.device_index))
        : isEmulating && input.device_type == DeviceType.CPU ? Of(AcceleratorKind.Emulator, 0)
        : null;

    /// <summary>Those of a device.</summary>
    /// <exception cref="CamException">Kernels cannot run there; the message says why.</exception>
    public static DeviceKernels Of(AcceleratorKind kind, int index)
    {
        try
        {
            return Known.GetOrAdd((kind, index), key => new Lazy<DeviceKernels>(() => new DeviceKernels(KernelDevice.Open(key.Kind, key.Index)))).Value;
        }
        catch (InvalidOperationException error)
        {
            throw new CamException(error.Message, error);
        }
    }
}
