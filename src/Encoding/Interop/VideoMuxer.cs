using System.Globalization;

namespace CAManim.Native.Encoding.Interop;

/// <summary>One video file being written: encoder and container. Frames go in, in order; <see cref="Finish"/> makes it whole.</summary>
internal sealed unsafe class VideoMuxer : IDisposable
{
    private const int Again = -11;
    private const int EndOfFile = -541478725;
    private const int GlobalHeader = 0x40;
    private const int ForWriting = 2;
    private const int SearchChildren = 1;

    private readonly CodecContextHandle _codec;
    private readonly FormatContextHandle? _container;
    private readonly FrameHandle _frame = new();
    private readonly PacketHandle _packet = new();
    private readonly int _pixelFormat;
    private readonly AVRational _timeBase;
    private readonly AVRational _streamTimeBase;

    /// <summary>Opens the encoder, and the file where a path is given (without one the encoder is only tried).</summary>
    /// <param name="encoder">Which.</param>
    /// <param name="format">The kind of file.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="framesPerSecond">Kept to a thousandth.</param>
    /// <param name="path">The file, or null.</param>
    /// <param name="cudaFrames">Where frames of a card come from; null where they are in the memory of the host.</param>
    /// <exception cref="LibavException">The encoder or container is not in this libav, refuses its settings, or the file cannot be opened.</exception>
    public VideoMuxer(VideoEncoderChoice encoder, VideoFormat format, int width, int height, double framesPerSecond, string? path, CudaFrames? cudaFrames = null)
    {
        LibavLayout layout = Libav.Layout;
        AVCodec* codec = ffmpeg.avcodec_find_encoder_by_name(encoder.Name);
        if (codec == null)
        {
            throw new LibavException($"The encoder {encoder.Name} is not in this libav.");
        }

        // One tick of the encoder's clock is one frame; the rate is kept to a thousandth.
        _timeBase = new AVRational(1000, (int)Math.Round(framesPerSecond * 1000));
        _pixelFormat = ffmpeg.av_get_pix_fmt(encoder.PixelFormat);
        _codec = new CodecContextHandle(codec);
        try
        {
            if (path is not null)
            {
                _container = new FormatContextHandle(format.Muxer, path);
            }

            OpenCodec(layout, codec, encoder, width, height, cudaFrames);
            if (_container is not null)
            {
                _streamTimeBase = OpenContainer(layout, format, path!);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sends one frame; its memory is the encoder's from here on.</summary>
    public void Send(IFrameMemory memory, long index)
    {
        AVFrame* frame = _frame.Pointer;
        memory.LendTo(frame, _pixelFormat, Libav.Layout.Buffers);
        frame->Pts = index;
        int result = ffmpeg.avcodec_send_frame(_codec.Pointer, frame);
        ffmpeg.av_frame_unref(frame);
        Libav.ThrowIfError(result, $"Frame {index} was refused by the encoder");
        Drain();
    }

    /// <summary>Drains the encoder and completes the file.</summary>
    public void Finish()
    {
        Libav.ThrowIfError(ffmpeg.avcodec_send_frame(_codec.Pointer, null), "The encoder could not be drained");
        Drain();
        Libav.ThrowIfError(ffmpeg.av_write_trailer(_container!.Pointer), "The end of the video file could not be written");
        Libav.ThrowIfError(_container.CloseFile(), "The video file could not be closed");
    }

    public void Dispose()
    {
        _codec.Dispose();
        _container?.Dispose();
        _packet.Dispose();
        _frame.Dispose();
    }

    private void OpenCodec(LibavLayout layout, AVCodec* codec, VideoEncoderChoice encoder, int width, int height, CudaFrames? cudaFrames)
    {
        void* parameters = ffmpeg.avcodec_parameters_alloc();
        try
        {
            layout.SetVideo(parameters, codec->Id, _pixelFormat, width, height);
            Libav.ThrowIfError(ffmpeg.avcodec_parameters_to_context(_codec.Pointer, parameters), $"{encoder.Name} does not take frames of {width}x{height}");
        }
        finally
        {
            ffmpeg.avcodec_parameters_free(&parameters);
        }

        // No version, time or random number goes into the file: the same frames make the same bytes.
        Set("flags", "+bitexact");
        Set("time_base", string.Create(CultureInfo.InvariantCulture, $"{_timeBase.Num}/{_timeBase.Den}"));
        if (_container is not null && (_container.Pointer->OutputFlags & GlobalHeader) != 0)
        {
            Set("flags", "+global_header");
        }

        foreach ((string key, string value) in encoder.Options)
        {
            Set(key, value);
        }

        cudaFrames?.Announce(_codec);
        Libav.ThrowIfError(ffmpeg.avcodec_open2(_codec.Pointer, codec, null), $"The encoder {encoder.Name} does not open ({width}x{height}, {encoder.PixelFormat})");

        void Set(string key, string value) =>
            Libav.ThrowIfError(ffmpeg.av_opt_set(_codec.Pointer, key, value, SearchChildren), $"The encoder {encoder.Name} refuses {key}={value}");
    }

    private AVRational OpenContainer(LibavLayout layout, VideoFormat format, string path)
    {
        AVFormatContext* container = _container!.Pointer;
        byte* stream = (byte*)ffmpeg.avformat_new_stream(container, null);
        if (stream == null)
        {
            throw new LibavException("libav could not add a stream: out of memory.");
        }

        Libav.ThrowIfError(ffmpeg.avcodec_parameters_from_context(*(void**)(stream + layout.Stream), _codec.Pointer), "The stream's parameters could not be set");
        *(AVRational*)(stream + layout.TimeBase) = _timeBase;
        *(AVRational*)(stream + layout.FrameRate) = new AVRational(_timeBase.Den, _timeBase.Num);
        Libav.ThrowIfError(ffmpeg.avio_open(&container->Io, path, ForWriting), $"{path} could not be opened");
        void* options = null;
        try
        {
            foreach ((string key, string value) in (ReadOnlySpan<(string, string)>)[("fflags", "+bitexact"), .. format.MuxerOptions])
            {
                Libav.ThrowIfError(ffmpeg.av_dict_set(&options, key, value, 0), key);
            }

            Libav.ThrowIfError(ffmpeg.avformat_write_header(container, &options), "The head of the video file could not be written");
        }
        finally
        {
            ffmpeg.av_dict_free(&options);
        }

        // Containers may replace the clock by their own.
        return *(AVRational*)(stream + layout.TimeBase);
    }

    private void Drain()
    {
        AVPacket* packet = _packet.Pointer;
        while (true)
        {
            int result = ffmpeg.avcodec_receive_packet(_codec.Pointer, packet);
            if (result is Again or EndOfFile)
            {
                return;
            }

            Libav.ThrowIfError(result, "Encoding failed");
            packet->StreamIndex = 0;
            packet->Duration = 1;
            ffmpeg.av_packet_rescale_ts(packet, _timeBase, _streamTimeBase);
            Libav.ThrowIfError(ffmpeg.av_interleaved_write_frame(_container!.Pointer, packet), "The video file could not be written");
        }
    }
}
