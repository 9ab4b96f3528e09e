using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Owns a container's context and the file that it writes.</summary>
internal sealed unsafe class FormatContextHandle : SafeHandle
{
    public FormatContextHandle(string format, string path)
        : base(0, ownsHandle: true)
    {
        AVFormatContext* context = null;
        Libav.ThrowIfError(ffmpeg.avformat_alloc_output_context2(&context, null, format, path), $"The container format {format} is not in this libav");
        SetHandle((nint)context);
    }

    public override bool IsInvalid => handle == 0;

    public AVFormatContext* Pointer => (AVFormatContext*)handle;

    /// <summary>Closes the file; errors of writes that were still buffered, a full disk among them, appear here.</summary>
    public int CloseFile() => Pointer->Io == null ? 0 : ffmpeg.avio_closep(&Pointer->Io);

    protected override bool ReleaseHandle()
    {
        _ = CloseFile();
        ffmpeg.avformat_free_context(Pointer);
        return true;
    }
}
