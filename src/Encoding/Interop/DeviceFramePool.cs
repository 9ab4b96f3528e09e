using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Interop;

/// <summary>NV12 frames that libav allocates and kernels draw: on a card, or, for the emulator, in the memory of the host.</summary>
/// <remarks>What kernels do not draw is drawn on the host, into one picture that all frames share, and copied to a frame where it changed.</remarks>
internal sealed unsafe class DeviceFramePool : IFramePool
{
    private readonly KernelDevice _device;
    private readonly int _width;
    private readonly int _height;
    private readonly HashSet<nint> _known = [];
    private byte[] _luma = [];
    private byte[] _chroma = [];
    private int _stride;
    private int _chromaStride;

    /// <exception cref="LibavException">Encoders cannot be given frames of this device; the message says why.</exception>
    public DeviceFramePool(KernelDevice device, int width, int height)
    {
        (_device, _width, _height) = (device, width, height);
        Frames = device.Handles is { } handles ? new CudaFrames(handles, width, height) : null;
    }

    /// <summary>The card's frames, which an encoder must know of; null on the emulator.</summary>
    public CudaFrames? Frames { get; }

    /// <summary>What kernels do not draw, [H,W].</summary>
    public FramePlanes Host => new(FrameFormat.Nv12, _width, _height, _luma, _stride, _chroma, default, _chromaStride);

    /// <summary>Whether the still parts are in <see cref="Host"/>.</summary>
    public bool IsHostDrawn { get; set; }

    /// <inheritdoc/>
    public IFrameMemory Rent()
    {
        FrameHandle handle = new();
        try
        {
            AVFrame* frame = handle.Pointer;
            Allocate(frame);
            if (_luma.Length == 0)
            {
                (_stride, _chromaStride) = (frame->Linesize0, frame->Linesize1);
                (_luma, _chroma) = (new byte[_stride * _height], new byte[_chromaStride * ChromaRows(_height)]);
            }

            FrameGpuPlanes planes = new(
                FrameFormat.Nv12,
                _width,
                _height,
                _device.View<byte>((nint)frame->Data0, _luma.Length),
                _stride,
                _device.View<byte>((nint)frame->Data1, _chroma.Length),
                default,
                _chromaStride);

            // The card's pool gives the same memory again; the host's allocator may give the place to something else meanwhile.
            return new DeviceFrame(this, handle, planes) { HasStillParts = !_known.Add((nint)frame->Data0) && Frames is not null };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Copies rows of <see cref="Host"/>.</summary>
    public void Upload(in FrameGpuPlanes to, int first, int count)
    {
        (int chromaFirst, int chromaCount) = (first / 2, ChromaRows(count));
        _device.Write<byte>(_luma.AsSpan(first * _stride, count * _stride), to.First.SubView(first * _stride, count * _stride));
        _device.Write<byte>(_chroma.AsSpan(chromaFirst * _chromaStride, chromaCount * _chromaStride), to.Second.SubView(chromaFirst * _chromaStride, chromaCount * _chromaStride));
    }

    public void Dispose() => Frames?.Dispose();

    private static int ChromaRows(int rows) => (rows + 1) / 2;

    private void Allocate(AVFrame* frame)
    {
        if (Frames is not null)
        {
            Frames.Allocate(frame);
            return;
        }

        (frame->Width, frame->Height, frame->Format) = (_width, _height, ffmpeg.av_get_pix_fmt("nv12"));
        Libav.ThrowIfError(ffmpeg.av_frame_get_buffer(frame, 0), "There is no memory for a frame");
    }
}
