using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Owns a packet.</summary>
internal sealed unsafe class PacketHandle : SafeHandle
{
    public PacketHandle()
        : base(0, ownsHandle: true) => SetHandle((nint)ffmpeg.av_packet_alloc());

    public override bool IsInvalid => handle == 0;

    public AVPacket* Pointer => (AVPacket*)handle;

    protected override bool ReleaseHandle()
    {
        AVPacket* packet = Pointer;
        ffmpeg.av_packet_free(&packet);
        return true;
    }
}
