using CAManim.Native.Encoding.Decoding;

namespace CAManim.Native.Encoding.Interop;

/// <summary>One video stream being read: container or camera, and decoder.</summary>
internal sealed unsafe class VideoDemuxer : IDisposable
{
    private const int Again = -11;
    private const int EndOfFile = -541478725;
    private const int VideoStream = 0;
    private const int Backward = 1;
    private const int SearchChildren = 1;
    private const int Bt709 = 1;
    private const long MostPixels = 100_000_000;

    // AV_PKT_DATA_DISPLAYMATRIX and AV_FRAME_DATA_DISPLAYMATRIX; nine numbers of 32 bits.
    private const int StreamMatrix = 5;
    private const int FrameMatrix = 6;
    private const int MatrixLength = 9;
    private const int LastFormatWithStreamMatrix = 60;
    private const int FullRange = 2;

    // What has more rows than standard television is BT.709 unless it says otherwise.
    private const int RowsOfStandardTelevision = 576;

    private readonly string _name;
    private readonly InputHandle _input;
    private readonly CodecContextHandle _codec;
    private readonly FrameHandle _frame = new();
    private readonly PacketHandle _packet = new();
    private readonly int _stream;
    private readonly AVRational _timeBase;
    private readonly DisplayMatrix? _ofStream;
    private readonly VideoPicture _turning = new();
    private bool _isDrained;

    /// <exception cref="LibavException">It cannot be opened, has no video, or no decoder for it.</exception>
    public VideoDemuxer(string url, bool isCamera)
    {
        _name = url;
        LibavLayout layout = Libav.Layout;
        _input = new InputHandle(url, isCamera ? CameraFormat() : null, $"'{url}' cannot be opened as {(isCamera ? "a camera" : "a video")}");
        try
        {
            Libav.ThrowIfError(ffmpeg.avformat_find_stream_info(_input.Pointer, null), $"'{url}' cannot be read as a video");
            _stream = ffmpeg.av_find_best_stream(_input.Pointer, VideoStream, -1, -1, null, 0);
            Libav.ThrowIfError(_stream, $"'{url}' has no video");
            byte* stream = _input.Pointer->Streams[_stream];
            void* parameters = *(void**)(stream + layout.Stream);
            _timeBase = *(AVRational*)(stream + layout.TimeBase);
            _ofStream = layout.Major > LastFormatWithStreamMatrix ? null : MatrixOf(stream);
            AVCodec* decoder = ffmpeg.avcodec_find_decoder(((int*)parameters)[1]);
            if (decoder == null)
            {
                throw new LibavException($"This libav has no decoder for the video of '{url}'. Convert it, for instance to H.264.");
            }

            _codec = new CodecContextHandle(decoder);
            Libav.ThrowIfError(ffmpeg.avcodec_parameters_to_context(_codec.Pointer, parameters), $"The decoder does not take the video of '{url}'");
            Libav.ThrowIfError(ffmpeg.avcodec_open2(_codec.Pointer, decoder, null), $"The decoder for '{url}' does not open");
        }
        catch
        {
            _codec?.Dispose();
            _input.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the next picture into <paramref name="picture"/>.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="LibavException">The stream is damaged beyond reading, or in a pixel format that is not known.</exception>
    public bool Read(VideoPicture picture)
    {
        while (true)
        {
            int result = ffmpeg.avcodec_receive_frame(_codec.Pointer, _frame.Pointer);
            if (result >= 0)
            {
                Convert(picture);
                ffmpeg.av_frame_unref(_frame.Pointer);
                return true;
            }

            if (result == EndOfFile || (result == Again && _isDrained))
            {
                return false;
            }

            if (result != Again)
            {
                Libav.ThrowIfError(result, $"'{_name}' cannot be decoded");
            }

            Feed();
        }
    }

    /// <summary>Goes back to the start.</summary>
    /// <exception cref="LibavException">The container cannot.</exception>
    public void Rewind()
    {
        Libav.ThrowIfError(ffmpeg.av_seek_frame(_input.Pointer, _stream, 0, Backward), $"'{_name}' cannot be played again from its start");
        ffmpeg.avcodec_flush_buffers(_codec.Pointer);
        _isDrained = false;
    }

    public void Dispose()
    {
        _codec.Dispose();
        _input.Dispose();
        _frame.Dispose();
        _packet.Dispose();
    }

    private static DisplayMatrix? MatrixOf(void* stream)
    {
        nuint size = 0;
        byte* data = ffmpeg.av_stream_get_side_data(stream, StreamMatrix, &size);
        return data == null || size < MatrixLength * sizeof(int) ? null : DisplayMatrix.Of(new ReadOnlySpan<int>(data, MatrixLength));
    }

    // What the container says comes before what the stream itself says.
    private DisplayMatrix MatrixOf(AVFrame* frame)
    {
        void* side = _ofStream is null ? ffmpeg.av_frame_get_side_data(frame, FrameMatrix) : null;
        return side == null ? _ofStream ?? default : DisplayMatrix.Of(new ReadOnlySpan<int>(((void**)side)[1], MatrixLength));
    }

    private static void* CameraFormat()
    {
        ffmpeg.avdevice_register_all();
        void* format = ffmpeg.av_find_input_format("v4l2");
        return format == null ? throw new LibavException("This libavdevice cannot read cameras (no v4l2). Install the system's own FFmpeg packages, or read a file or standard input.") : format;
    }

    private void Feed()
    {
        int result = ffmpeg.av_read_frame(_input.Pointer, _packet.Pointer);
        if (result < 0)
        {
            if (result != EndOfFile)
            {
                Libav.ThrowIfError(result, $"'{_name}' cannot be read further");
            }

            _ = ffmpeg.avcodec_send_packet(_codec.Pointer, null);
            _isDrained = true;
            return;
        }

        if (_packet.Pointer->StreamIndex == _stream)
        {
            // A damaged packet is passed over, as players do; the next key frame sets things right.
            _ = ffmpeg.avcodec_send_packet(_codec.Pointer, _packet.Pointer);
        }

        ffmpeg.av_packet_unref(_packet.Pointer);
    }

    private void Convert(VideoPicture picture)
    {
        DisplayMatrix matrix = MatrixOf(_frame.Pointer);
        if (matrix.IsIdentity)
        {
            ConvertUnturned(picture);
            return;
        }

        ConvertUnturned(_turning);
        matrix.Turn(_turning, picture);
    }

    // What is no time that a clock can show is none.
    private static TimeSpan? TimeOf(double seconds) => Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;

    private void ConvertUnturned(VideoPicture picture)
    {
        AVFrame* frame = _frame.Pointer;
        string format = System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)ffmpeg.av_get_pix_fmt_name(frame->Format)) ?? "";
        if ((long)frame->Width * frame->Height > MostPixels)
        {
            throw new LibavException($"'{_name}' has pictures of {frame->Width}x{frame->Height} pixels; at most {MostPixels} are decoded. Scale it down first.");
        }

        picture.Resize(frame->Width, frame->Height);
        picture.Time = frame->Pts == long.MinValue ? null : TimeOf((double)frame->Pts * _timeBase.Num / _timeBase.Den);
        (long space, long range) = (0, 0);
        _ = ffmpeg.av_opt_get_int(_codec.Pointer, "colorspace", SearchChildren, &space);
        _ = ffmpeg.av_opt_get_int(_codec.Pointer, "color_range", SearchChildren, &range);
        YuvMatrix matrix = YuvMatrix.Of(
            space == Bt709 || (space is 0 or 2 && frame->Height > RowsOfStandardTelevision),
            range == FullRange || format.StartsWith("yuvj", StringComparison.Ordinal));
        PixelSource pixels = new(frame->Data0, frame->Data1, frame->Data2, frame->Linesize0, frame->Linesize1, frame->Linesize2);
        if (!PixelConversion.Run(format, pixels, matrix, picture))
        {
            throw new LibavException($"'{_name}' has pixels of the kind {format}, which is not read. Known are {string.Join(", ", PixelConversion.Formats)}. Convert it, for instance to H.264 in yuv420p.");
        }
    }
}
