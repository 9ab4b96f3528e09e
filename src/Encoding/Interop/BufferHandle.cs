using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Owns a reference to one of libav's buffers: a device, a pool of frames.</summary>
internal sealed unsafe class BufferHandle : SafeHandle
{
    /// <param name="reference">Ours from here on.</param>
    /// <param name="what">Name for the error.</param>
    /// <exception cref="LibavException">There is none.</exception>
    public BufferHandle(void* reference, string what)
        : base(0, ownsHandle: true)
    {
        SetHandle((nint)reference);
        if (IsInvalid)
        {
            throw new LibavException($"libav makes no {what}: out of memory, or built without it.");
        }
    }

    public override bool IsInvalid => handle == 0;

    public void* Pointer => (void*)handle;

    /// <summary>What the buffer holds.</summary>
    public byte* Data => ((AVBufferRef*)handle)->Data;

    protected override bool ReleaseHandle()
    {
        void* reference = (void*)handle;
        ffmpeg.av_buffer_unref(&reference);
        return true;
    }
}
