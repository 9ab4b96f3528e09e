using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>The public head of a container's context, the same in libavformat 58 to 62.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct AVFormatContext
{
    [FieldOffset(16)]
    public byte* OutputFormat;

    [FieldOffset(32)]
    public void* Io;

    [FieldOffset(44)]
    public uint StreamCount;

    [FieldOffset(48)]
    public byte** Streams;

    // AVOutputFormat.flags, the same in all versions.
    public readonly int OutputFlags => *(int*)(OutputFormat + 44);
}
