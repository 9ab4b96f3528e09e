using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Owns a frame.</summary>
internal sealed unsafe class FrameHandle : SafeHandle
{
    public FrameHandle()
        : base(0, ownsHandle: true) => SetHandle((nint)ffmpeg.av_frame_alloc());

    public override bool IsInvalid => handle == 0;

    public AVFrame* Pointer => (AVFrame*)handle;

    protected override bool ReleaseHandle()
    {
        AVFrame* frame = Pointer;
        ffmpeg.av_frame_free(&frame);
        return true;
    }
}
