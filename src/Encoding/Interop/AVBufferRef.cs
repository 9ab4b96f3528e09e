using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>A reference to a buffer, the same in libavutil 56 to 60.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct AVBufferRef
{
    [FieldOffset(8)]
    public byte* Data;
}
