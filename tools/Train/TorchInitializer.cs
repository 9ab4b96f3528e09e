using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Train;

/// <summary>Loads libtorch before the tool's first use of TorchSharp, which may come before that of the Models package.</summary>
internal static class TorchInitializer
{
    [ModuleInitializer]
    internal static void Initialize() => TorchRuntime.Load();
}
