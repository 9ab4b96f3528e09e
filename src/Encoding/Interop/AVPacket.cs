using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>The fields of a packet, the same in libavcodec 58 to 62.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct AVPacket
{
    [FieldOffset(8)]
    public long Pts;

    [FieldOffset(24)]
    public byte* Data;

    [FieldOffset(32)]
    public int Size;

    [FieldOffset(36)]
    public int StreamIndex;

    [FieldOffset(64)]
    public long Duration;
}
