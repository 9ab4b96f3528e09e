using System.Runtime.InteropServices;
using CAManim.Native.Encoding.Interop;

namespace CAManim.Native.Encoding.Tests.Decoding;

/// <summary>Demuxes and decodes a whole file with the same libav, apart from the product's code.</summary>
internal sealed unsafe class DecodedVideo
{
    private const int Again = -11;
    private const int EndOfFile = -541478725;

    public int Packets { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int PixelFormat { get; private set; }

    public double SecondsBetweenFrames { get; private set; }

    /// <summary>Every frame's planes, without padding.</summary>
    public List<byte[][]> Frames { get; } = [];

    public static DecodedVideo Read(string path)
    {
        DecodedVideo video = new();
        nint file = Marshal.StringToCoTaskMemUTF8(path);
        void* container = null;
        try
        {
            Check(((delegate* unmanaged<void**, byte*, void*, void*, int>)Format("avformat_open_input"))(&container, (byte*)file, null, null));
            Check(((delegate* unmanaged<void*, void*, int>)Format("avformat_find_stream_info"))(container, null));
            video.Decode(container);
        }
        finally
        {
            ((delegate* unmanaged<void**, void>)Format("avformat_close_input"))(&container);
            Marshal.FreeCoTaskMem(file);
        }

        return video;
    }

    private void Decode(void* container)
    {
        byte* stream = **(byte***)((byte*)container + 48);
        void* parameters = *(void**)(stream + Libav.Layout.Stream);
        AVRational timeBase = *(AVRational*)(stream + Libav.Layout.TimeBase);
        AVCodec* codec = ((delegate* unmanaged<int, AVCodec*>)Codec("avcodec_find_decoder"))(*((int*)parameters + 1));
        using CodecContextHandle context = new(codec);
        using FrameHandle frame = new();
        using PacketHandle packet = new();
        Check(ffmpeg.avcodec_parameters_to_context(context.Pointer, parameters));
        Check(ffmpeg.avcodec_open2(context.Pointer, codec, null));
        var readFrame = (delegate* unmanaged<void*, AVPacket*, int>)Format("av_read_frame");
        var sendPacket = (delegate* unmanaged<void*, AVPacket*, int>)Codec("avcodec_send_packet");
        var unref = (delegate* unmanaged<AVPacket*, void>)Codec("av_packet_unref");
        List<long> times = [];
        while (readFrame(container, packet.Pointer) >= 0)
        {
            Packets++;
            times.Add(packet.Pointer->Pts);
            Check(sendPacket(context.Pointer, packet.Pointer));
            unref(packet.Pointer);
            Receive(context, frame);
        }

        Check(sendPacket(context.Pointer, null));
        Receive(context, frame);
        times.Sort();
        SecondsBetweenFrames = times.Count < 2 ? 0 : (times[^1] - times[0]) * (double)timeBase.Num / timeBase.Den / (times.Count - 1);
    }

    private void Receive(CodecContextHandle context, FrameHandle frame)
    {
        var receive = (delegate* unmanaged<void*, AVFrame*, int>)Codec("avcodec_receive_frame");
        while (true)
        {
            int result = receive(context.Pointer, frame.Pointer);
            if (result is Again or EndOfFile)
            {
                return;
            }

            Check(result);
            AVFrame* f = frame.Pointer;
            (Width, Height, PixelFormat) = (f->Width, f->Height, f->Format);
            Frames.Add(
                PixelFormat == ffmpeg.av_get_pix_fmt("yuv420p")
                    ? [Copy(f->Data0, f->Linesize0, Width, Height), Copy(f->Data1, f->Linesize1, (Width + 1) / 2, (Height + 1) / 2), Copy(f->Data2, f->Linesize2, (Width + 1) / 2, (Height + 1) / 2)]
                    : [Copy(f->Data0, f->Linesize0, Width * 4, Height)]);
            ffmpeg.av_frame_unref(f);
        }
    }

    private static byte[] Copy(byte* data, int stride, int width, int height)
    {
        byte[] plane = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            new ReadOnlySpan<byte>(data + ((long)y * stride), width).CopyTo(plane.AsSpan(y * width));
        }

        return plane;
    }

    private static nint Codec(string name) => NativeLibrary.GetExport(ffmpeg.Loaded.Codec, name);

    private static nint Format(string name) => NativeLibrary.GetExport(ffmpeg.Loaded.Format, name);

    private static void Check(int result) => Libav.ThrowIfError(result, "decoding");
}
