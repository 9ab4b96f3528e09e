using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Owns a container or device that is read.</summary>
internal sealed unsafe class InputHandle : SafeHandle
{
    /// <exception cref="LibavException">It cannot be opened.</exception>
    public InputHandle(string url, void* format, string what)
        : base(0, ownsHandle: true)
    {
        AVFormatContext* context = null;
        Libav.ThrowIfError(ffmpeg.avformat_open_input(&context, url, format, null), what);
        SetHandle((nint)context);
    }

    public override bool IsInvalid => handle == 0;

    public AVFormatContext* Pointer => (AVFormatContext*)handle;

    protected override bool ReleaseHandle()
    {
        AVFormatContext* context = Pointer;
        ffmpeg.avformat_close_input(&context);
        return true;
    }
}
