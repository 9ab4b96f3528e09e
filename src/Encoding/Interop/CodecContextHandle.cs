using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Owns a codec context.</summary>
internal sealed unsafe class CodecContextHandle : SafeHandle
{
    public CodecContextHandle(AVCodec* codec)
        : base(0, ownsHandle: true) => SetHandle((nint)ffmpeg.avcodec_alloc_context3(codec));

    public override bool IsInvalid => handle == 0;

    public void* Pointer => (void*)handle;

    protected override bool ReleaseHandle()
    {
        void* context = (void*)handle;
        ffmpeg.avcodec_free_context(&context);
        return true;
    }
}
