using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Interop;
using TorchSharp;

namespace CAManim.Native.Engine.Interop;

/// <summary>libtorch's autocast to bfloat16 on this thread, as it was before when disposed. TorchSharp has no binding of it.</summary>
/// <remarks>
/// The functions are C++ (ATen/autocast_mode.h) with plain arguments, called by their mangled names: both enumerations are one byte.
/// </remarks>
internal sealed unsafe class Autocast : IDisposable
{
    // c10::ScalarType::BFloat16.
    private const sbyte BFloat16 = 15;

    private static readonly Lazy<nint> Library = new(() => NativeLibrary.Load(Path.Combine(TorchRuntime.Load().LibTorch ?? AppContext.BaseDirectory, "libtorch_cpu.so")));

    private readonly sbyte _device;
    private readonly bool _wasEnabled;
    private readonly sbyte _dtypeBefore;

    private Autocast(DeviceType device)
    {
        _device = (sbyte)device;
        _wasEnabled = ((delegate* unmanaged<sbyte, byte>)Find("_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE"))(_device) != 0;
        _dtypeBefore = ((delegate* unmanaged<sbyte, sbyte>)Find("_ZN2at8autocast18get_autocast_dtypeEN3c1010DeviceTypeE"))(_device);
        Set(true, BFloat16);
    }

    /// <summary>Switches it on where bfloat16 is asked for.</summary>
    /// <param name="precision">What is asked for.</param>
    /// <param name="input">Of the network's type, on its device.</param>
    /// <returns>Null where the network computes as it is.</returns>
    /// <exception cref="CamException">The network is in float64, which libtorch does not narrow; or this libtorch does not have the functions.</exception>
    public static Autocast? For(Precision precision, torch.Tensor input) =>
        precision == Precision.Float32 ? null
        : input.dtype == torch.ScalarType.Float64 ? throw new CamException("bfloat16 was asked for, and the network computes in float64, which libtorch does not narrow. Give network and input in float32, or ask for float32.")
        : new Autocast(input.device_type);

    public void Dispose() => Set(_wasEnabled, _dtypeBefore);

    private void Set(bool isEnabled, sbyte dtype)
    {
        ((delegate* unmanaged<sbyte, sbyte, void>)Find("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE"))(_device, dtype);
        ((delegate* unmanaged<sbyte, byte, void>)Find("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb"))(_device, isEnabled ? (byte)1 : (byte)0);
    }

    private static nint Find(string name)
    {
        try
        {
            return NativeLibrary.GetExport(Library.Value, name);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new CamException($"bfloat16 was asked for, and libtorch {torch.__version__} has no autocast that can be switched on: {error.Message} Use float32.", error);
        }
    }
}
