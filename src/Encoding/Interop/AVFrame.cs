using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>The fields of a frame that lie where they lie in libavutil 56 to 60; <c>buf</c> moves and is reached through <see cref="LibavLayout"/>.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct AVFrame
{
    /// <summary>First of eight plane pointers.</summary>
    [FieldOffset(0)]
    public byte* Data0;

    [FieldOffset(8)]
    public byte* Data1;

    [FieldOffset(16)]
    public byte* Data2;

    /// <summary>First of eight strides.</summary>
    [FieldOffset(64)]
    public int Linesize0;

    [FieldOffset(68)]
    public int Linesize1;

    [FieldOffset(72)]
    public int Linesize2;

    [FieldOffset(104)]
    public int Width;

    [FieldOffset(108)]
    public int Height;

    [FieldOffset(116)]
    public int Format;

    [FieldOffset(136)]
    public long Pts;
}
