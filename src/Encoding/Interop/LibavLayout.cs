using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Where the few fields lie that have no accessor and moved between versions; each is checked against the library before use.</summary>
/// <param name="Major">Version of libavcodec and libavformat.</param>
/// <param name="Stream">Offset of <c>AVStream.codecpar</c>.</param>
/// <param name="TimeBase">Offset of <c>AVStream.time_base</c>.</param>
/// <param name="FrameRate">Offset of <c>AVStream.avg_frame_rate</c>.</param>
/// <param name="PixelFormat">Offset of <c>AVCodecParameters.format</c>.</param>
/// <param name="Width">Offset of <c>AVCodecParameters.width</c>; the height follows.</param>
/// <param name="Buffers">Offset of <c>AVFrame.buf</c>.</param>
internal sealed unsafe record LibavLayout(int Major, int Stream, int TimeBase, int FrameRate, int PixelFormat, int Width, int Buffers)
{
    private const int H264 = 27;

    /// <summary>The layout of a version of libavformat and libavcodec (58: FFmpeg 4, 59: 5, 60: 6, 61: 7, 62: 8), from their headers.</summary>
    public static LibavLayout Of(int major) => major switch
    {
        58 => new(major, Stream: 208, TimeBase: 24, FrameRate: 80, PixelFormat: 28, Width: 56, FindBuffers()),
        59 => new(major, Stream: 208, TimeBase: 16, FrameRate: 72, PixelFormat: 28, Width: 56, FindBuffers()),
        60 => new(major, Stream: 16, TimeBase: 32, FrameRate: 88, PixelFormat: 28, Width: 56, FindBuffers()),
        _ => new(major, Stream: 16, TimeBase: 32, FrameRate: 88, PixelFormat: 44, Width: 72, FindBuffers()),
    };

    /// <summary>Tries every offset on throw-away objects.</summary>
    /// <returns>Null where all fit, else what does not.</returns>
    public string? FindFault() => Buffers < 0 ? "AVFrame.buf" : CheckParameters() ?? CheckStream();

    // The first buffer of an allocated frame is also given by an accessor: its place in the struct follows.
    private static int FindBuffers()
    {
        AVFrame* frame = ffmpeg.av_frame_alloc();
        try
        {
            frame->Format = 0;
            frame->Width = 16;
            frame->Height = 16;
            if (ffmpeg.av_frame_get_buffer(frame, 0) >= 0)
            {
                void* first = ffmpeg.av_frame_get_plane_buffer(frame, 0);

                // No version's struct is smaller than 400 bytes.
                for (int offset = 144; offset < 400 && first != null; offset += sizeof(void*))
                {
                    if (*(void**)((byte*)frame + offset) == first)
                    {
                        return offset;
                    }
                }
            }

            return -1;
        }
        finally
        {
            ffmpeg.av_frame_free(&frame);
        }
    }

    private string? CheckParameters()
    {
        void* parameters = ffmpeg.avcodec_parameters_alloc();
        void* context = ffmpeg.avcodec_alloc_context3(null);
        try
        {
            SetVideo(parameters, H264, ffmpeg.av_get_pix_fmt("yuv420p"), 48, 32);
            byte* text = stackalloc byte[256];
            if (ffmpeg.avcodec_parameters_to_context(context, parameters) < 0)
            {
                return "avcodec_parameters_to_context";
            }

            ffmpeg.avcodec_string(text, 256, context, 1);
            string words = Marshal.PtrToStringUTF8((nint)text) ?? "";
            return words.Contains("yuv420p", StringComparison.Ordinal) && words.Contains("48x32", StringComparison.Ordinal) ? null : $"AVCodecParameters ({words})";
        }
        finally
        {
            ffmpeg.avcodec_free_context(&context);
            ffmpeg.avcodec_parameters_free(&parameters);
        }
    }

    private string? CheckStream()
    {
        AVFormatContext* context = null;
        int result = ffmpeg.avformat_alloc_output_context2(&context, null, "mp4", null);
        if (result < 0)
        {
            return "avformat_alloc_output_context2(mp4)";
        }

        try
        {
            // A new stream has no start time and no duration, which follow the time base, and parameters of unknown type.
            byte* stream = (byte*)ffmpeg.avformat_new_stream(context, null);
            long* times = (long*)(stream + TimeBase + sizeof(AVRational));
            return times[0] == long.MinValue && times[1] == long.MinValue && **(int**)(stream + Stream) == -1 ? null : "AVStream";
        }
        finally
        {
            ffmpeg.avformat_free_context(context);
        }
    }

    /// <summary>Fills codec parameters that describe a video.</summary>
    public void SetVideo(void* parameters, int codecId, int pixelFormat, int width, int height)
    {
        byte* fields = (byte*)parameters;
        *(int*)fields = 0;
        *(int*)(fields + 4) = codecId;
        *(int*)(fields + PixelFormat) = pixelFormat;
        *(int*)(fields + Width) = width;
        *(int*)(fields + Width + 4) = height;
    }
}
