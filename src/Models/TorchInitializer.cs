using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Models;

/// <summary>Loads libtorch before the first use of TorchSharp by this package.</summary>
internal static class TorchInitializer
{
    [ModuleInitializer]
    internal static void Initialize() => TorchRuntime.Load();
}
