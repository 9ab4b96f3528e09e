using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>A card as libav knows it, the same in libavutil 56 to 60; a third field is libav's own.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct AVCUDADeviceContext
{
    [FieldOffset(0)]
    public nint Context;

    [FieldOffset(8)]
    public nint Stream;
}
