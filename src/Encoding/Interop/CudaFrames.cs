using CAManim.Native.Kernels.Interop.Cuda;

namespace CAManim.Native.Encoding.Interop;

/// <summary>A pool of NV12 frames in a card's memory, in the context and order of our kernels, that NVENC takes without a copy.</summary>
internal sealed unsafe class CudaFrames : IDisposable
{
    private readonly BufferHandle _device;
    private readonly BufferHandle _frames;

    /// <exception cref="LibavException">This libav has no CUDA, does not find the driver, or refuses the size.</exception>
    public CudaFrames(CudaHandles handles, int width, int height)
    {
        LibavLayout layout = Libav.Layout;
        int type = ffmpeg.av_hwdevice_find_type_by_name("cuda");
        _device = new BufferHandle(ffmpeg.av_hwdevice_ctx_alloc(type), "CUDA device");
        BufferHandle? frames = null;
        try
        {
            frames = new BufferHandle(ffmpeg.av_hwframe_ctx_alloc(_device.Pointer), "CUDA frames");
            HardwareLayout fields = HardwareLayout.Find(_device, type, frames, layout.Major);
            AVCUDADeviceContext* context = *(AVCUDADeviceContext**)(_device.Data + fields.DeviceContext);
            (context->Context, context->Stream) = (handles.Context, handles.Stream);
            Libav.ThrowIfError(ffmpeg.av_hwdevice_ctx_init(_device.Pointer), "libav does not take up the CUDA device (its own search for NVIDIA's driver may have failed)");
            int* format = (int*)(frames.Data + fields.FrameFormat);
            (format[0], format[1], format[2], format[3]) = (ffmpeg.av_get_pix_fmt(PixelFormat), ffmpeg.av_get_pix_fmt("nv12"), width, height);
            Libav.ThrowIfError(ffmpeg.av_hwframe_ctx_init(frames.Pointer), $"libav makes no CUDA frames of {width}x{height}");
            (_frames, CodecOffset) = (frames, fields.Frames);
        }
        catch
        {
            frames?.Dispose();
            _device.Dispose();
            throw;
        }
    }

    /// <summary>libav's name of frames on a card.</summary>
    public const string PixelFormat = "cuda";

    /// <summary>Offset of <c>AVCodecContext.hw_frames_ctx</c>.</summary>
    private int CodecOffset { get; }

    /// <summary>Gives a frame memory of the pool.</summary>
    /// <exception cref="LibavException">The card's memory is full.</exception>
    public void Allocate(AVFrame* frame) =>
        Libav.ThrowIfError(ffmpeg.av_hwframe_get_buffer(_frames.Pointer, frame, 0), "There is no memory for a frame on the card");

    /// <summary>Tells an encoder, before it is opened, where its frames will come from.</summary>
    public void Announce(CodecContextHandle codec)
    {
        void* reference = ffmpeg.av_buffer_ref(_frames.Pointer);
        *(void**)((byte*)codec.Pointer + CodecOffset) = reference != null ? reference : throw new LibavException("libav could not allocate a buffer reference: out of memory.");
    }

    /// <summary>Lets go of the pool; encoder and frames in use have references of their own.</summary>
    public void Dispose()
    {
        _frames.Dispose();
        _device.Dispose();
    }
}
