using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Reduction;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Interop;

/// <summary>Where a tensor's elements lie, on whatever device.</summary>
/// <remarks>TorchSharp shows the memory of tensors of the processor only; its native library has the address of all.</remarks>
internal static partial class TensorMemory
{
    /// <summary>Address of the first element, in the device's memory.</summary>
    public static nint AddressOf(Tensor tensor) => Data(tensor.Handle);

    /// <summary>The type for kernels that read tensors in place; null where they have to be converted first.</summary>
    public static ElementType? TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => ElementType.Float32,
        ScalarType.Float16 => ElementType.Float16,
        ScalarType.BFloat16 => ElementType.BFloat16,
        _ => null,
    };

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial nint Data(nint tensor);
}
