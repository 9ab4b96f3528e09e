using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>The public head of a codec's description, the same in libavcodec 58 to 62.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct AVCodec
{
    [FieldOffset(20)]
    public int Id;
}
