using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Where the fields lie that bring frames of a card to an encoder; they moved between versions, so they are looked for.</summary>
/// <param name="DeviceContext">Offset of <c>AVHWDeviceContext.hwctx</c>.</param>
/// <param name="FrameFormat">Offset of <c>AVHWFramesContext.format</c>; sw_format, width and height follow.</param>
/// <param name="Frames">Offset of <c>AVCodecContext.hw_frames_ctx</c>.</param>
internal sealed unsafe record HardwareLayout(int DeviceContext, int FrameFormat, int Frames)
{
    // libavutil below 59 (FFmpeg 7) has a pointer to its own data before the public fields.
    private const int OwnData = 8;
    private const int FirstToUnref = 61;

    /// <summary>Looks at throw-away objects.</summary>
    /// <param name="device">A CUDA device's context, fresh from its allocation.</param>
    /// <param name="type">libav's number of CUDA.</param>
    /// <param name="frames">A context of frames on it, as fresh.</param>
    /// <param name="major">Version of libavcodec.</param>
    /// <exception cref="LibavException">A field is where no known version has it.</exception>
    public static HardwareLayout Find(BufferHandle device, int type, BufferHandle frames, int major)
    {
        // av_class, [own data,] type, hwctx.
        int shift = *(long*)(device.Data + 8) == type ? 0 : OwnData;
        if (*(int*)(device.Data + 8 + shift) != type)
        {
            throw Unknown("AVHWDeviceContext");
        }

        // av_class, [own data,] device_ref, device_ctx, hwctx, free, user_opaque, pool, initial_pool_size, format: none, as sw_format.
        int format = 60 + shift;
        if (*(int*)(frames.Data + format) != -1 || *(int*)(frames.Data + format + 4) != -1)
        {
            throw Unknown("AVHWFramesContext");
        }

        return new HardwareLayout(16 + shift, format, FindFrames(major));
    }

    // hw_frames_ctx has no option of its own, its neighbours have: it stands before hw_device_ctx and hwaccel_flags from 61 on, two
    // integers before max_pixels until 60.
    private static int FindFrames(int major)
    {
        void* context = ffmpeg.avcodec_alloc_context3(null);
        int offset;
        bool isReleased = false;
        try
        {
            AVOption* neighbour = ffmpeg.av_opt_find(context, major >= FirstToUnref ? "hwaccel_flags" : "max_pixels", null, 0, 0);
            offset = neighbour == null ? -1 : neighbour->Offset - 16;
            if (offset < 0 || *(void**)((byte*)context + offset) != null)
            {
                throw Unknown("AVCodecContext");
            }

            // A context lets go of what lies there when it is freed, and of nothing else that is a buffer's reference but hw_device_ctx.
            *(void**)((byte*)context + offset) = ffmpeg.av_buffer_create(null, 0, &NoteRelease, &isReleased, 0);
        }
        finally
        {
            ffmpeg.avcodec_free_context(&context);
        }

        return isReleased ? offset : throw Unknown("AVCodecContext");
    }

    [UnmanagedCallersOnly]
    private static void NoteRelease(void* opaque, byte* data) => *(bool*)opaque = true;

    private static LibavException Unknown(string type) => new($"{type} of libav {ffmpeg.avcodec_version() >> 16} is not laid out as its headers say.");
}
