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

    /// <param name="device">Where the network is.</param>
    /// <exception cref="CamException">This libtorch does not have the functions.</exception>
    public Autocast(DeviceType device)
    {
        _device = (sbyte)device;
        _wasEnabled = ((delegate* unmanaged<sbyte, byte>)Find("_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE"))(_device) != 0;
        _dtypeBefore = ((delegate* unmanaged<sbyte, sbyte>)Find("_ZN2at8autocast18get_autocast_dtypeEN3c1010DeviceTypeE"))(_device);
        Set(true, BFloat16);
    }

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
