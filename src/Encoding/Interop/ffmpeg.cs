using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>
/// The functions of libav that encoders and decoders need, with the names of FFmpeg.AutoGen. Calls go to the libraries that <see cref="LibavLibrary"/> finds;
/// <see cref="Libav.Require"/> comes before the first call.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE1006:Naming Styles", Justification = "The library's own names, so that a complete binding could take over.")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1708", Justification = "The library's own names.")]
internal static unsafe partial class ffmpeg
{
    private const string Util = "avutil";
    private const string Codec = "avcodec";
    private const string Format = "avformat";
    private const string Device = "avdevice";

    private static readonly Lazy<LibavLibrary.Set> Libraries = new(LibavLibrary.Load);

    /// <summary>The loaded set.</summary>
    /// <exception cref="LibavMissingException">None is installed.</exception>
    public static LibavLibrary.Set Loaded => Libraries.Value;

    [ModuleInitializer]
    internal static void UseInstalledLibraries() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        Util => Loaded.Util,
        Codec => Loaded.Codec,
        Format => Loaded.Format,
        Device => LibavLibrary.LoadDevices(Loaded.Major),
        _ => 0,
    };

    [LibraryImport(Util)]
    public static partial uint avutil_version();

    [LibraryImport(Util)]
    public static partial byte* av_version_info();

    [LibraryImport(Util)]
    public static partial void av_log_set_level(int level);

    [LibraryImport(Util)]
    public static partial int av_strerror(int error, byte* buffer, nuint size);

    [LibraryImport(Util)]
    public static partial AVFrame* av_frame_alloc();

    [LibraryImport(Util)]
    public static partial void av_frame_free(AVFrame** frame);

    [LibraryImport(Util)]
    public static partial void av_frame_unref(AVFrame* frame);

    /// <summary>An AVFrameSideData, whose bytes its second field points to.</summary>
    [LibraryImport(Util)]
    public static partial void* av_frame_get_side_data(AVFrame* frame, int type);

    [LibraryImport(Util)]
    public static partial int av_frame_get_buffer(AVFrame* frame, int align);

    [LibraryImport(Util)]
    public static partial void* av_frame_get_plane_buffer(AVFrame* frame, int plane);

    [LibraryImport(Util)]
    public static partial void* av_buffer_create(byte* data, nuint size, delegate* unmanaged<void*, byte*, void> free, void* opaque, int flags);

    [LibraryImport(Util)]
    public static partial void* av_buffer_ref(void* reference);

    [LibraryImport(Util)]
    public static partial void av_buffer_unref(void** reference);

    [LibraryImport(Util)]
    public static partial void av_frame_move_ref(AVFrame* to, AVFrame* from);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_hwdevice_find_type_by_name(string name);

    [LibraryImport(Util)]
    public static partial void* av_hwdevice_ctx_alloc(int type);

    [LibraryImport(Util)]
    public static partial int av_hwdevice_ctx_init(void* device);

    [LibraryImport(Util)]
    public static partial void* av_hwframe_ctx_alloc(void* device);

    [LibraryImport(Util)]
    public static partial int av_hwframe_ctx_init(void* frames);

    [LibraryImport(Util)]
    public static partial int av_hwframe_get_buffer(void* frames, AVFrame* frame, int flags);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVOption* av_opt_find(void* target, string name, string? unit, int flags, int search);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_set(void* target, string name, string value, int search);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_get_int(void* target, string name, int search, long* value);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_get_pix_fmt(string name);

    [LibraryImport(Util)]
    public static partial byte* av_get_pix_fmt_name(int format);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_dict_set(void** dictionary, string key, string value, int flags);

    [LibraryImport(Util)]
    public static partial void av_dict_free(void** dictionary);

    [LibraryImport(Codec)]
    public static partial uint avcodec_version();

    [LibraryImport(Codec, StringMarshalling = StringMarshalling.Utf8)]
    public static partial AVCodec* avcodec_find_encoder_by_name(string name);

    [LibraryImport(Codec)]
    public static partial void* avcodec_alloc_context3(AVCodec* codec);

    [LibraryImport(Codec)]
    public static partial void avcodec_free_context(void** context);

    [LibraryImport(Codec)]
    public static partial void* avcodec_parameters_alloc();

    [LibraryImport(Codec)]
    public static partial void avcodec_parameters_free(void** parameters);

    [LibraryImport(Codec)]
    public static partial int avcodec_parameters_to_context(void* context, void* parameters);

    [LibraryImport(Codec)]
    public static partial int avcodec_parameters_from_context(void* parameters, void* context);

    [LibraryImport(Codec)]
    public static partial int avcodec_open2(void* context, AVCodec* codec, void** options);

    [LibraryImport(Codec)]
    public static partial int avcodec_send_frame(void* context, AVFrame* frame);

    [LibraryImport(Codec)]
    public static partial int avcodec_receive_packet(void* context, AVPacket* packet);

    [LibraryImport(Codec)]
    public static partial void avcodec_string(byte* buffer, int size, void* context, int encode);

    [LibraryImport(Codec)]
    public static partial AVCodec* avcodec_find_decoder(int id);

    [LibraryImport(Codec)]
    public static partial int avcodec_send_packet(void* context, AVPacket* packet);

    [LibraryImport(Codec)]
    public static partial int avcodec_receive_frame(void* context, AVFrame* frame);

    [LibraryImport(Codec)]
    public static partial void avcodec_flush_buffers(void* context);

    [LibraryImport(Codec)]
    public static partial AVPacket* av_packet_alloc();

    [LibraryImport(Codec)]
    public static partial void av_packet_unref(AVPacket* packet);

    [LibraryImport(Codec)]
    public static partial void av_packet_free(AVPacket** packet);

    [LibraryImport(Codec)]
    public static partial void av_packet_rescale_ts(AVPacket* packet, AVRational from, AVRational to);

    [LibraryImport(Format)]
    public static partial uint avformat_version();

    [LibraryImport(Format, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avformat_alloc_output_context2(AVFormatContext** context, void* format, string? formatName, string? fileName);

    [LibraryImport(Format, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void* av_find_input_format(string name);

    [LibraryImport(Format, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avformat_open_input(AVFormatContext** context, string url, void* format, void** options);

    [LibraryImport(Format)]
    public static partial void avformat_close_input(AVFormatContext** context);

    [LibraryImport(Format)]
    public static partial int avformat_find_stream_info(AVFormatContext* context, void** options);

    [LibraryImport(Format)]
    public static partial int av_find_best_stream(AVFormatContext* context, int mediaType, int wanted, int related, AVCodec** decoder, int flags);

    /// <summary>Until libavformat 60; later ones hand such data to the frames.</summary>
    [LibraryImport(Format)]
    public static partial byte* av_stream_get_side_data(void* stream, int type, nuint* size);

    [LibraryImport(Format)]
    public static partial int av_read_frame(AVFormatContext* context, AVPacket* packet);

    [LibraryImport(Format)]
    public static partial int av_seek_frame(AVFormatContext* context, int stream, long timestamp, int flags);

    [LibraryImport(Device)]
    public static partial void avdevice_register_all();

    [LibraryImport(Format)]
    public static partial void avformat_free_context(AVFormatContext* context);

    [LibraryImport(Format)]
    public static partial void* avformat_new_stream(AVFormatContext* context, void* codec);

    [LibraryImport(Format)]
    public static partial int avformat_write_header(AVFormatContext* context, void** options);

    [LibraryImport(Format)]
    public static partial int av_interleaved_write_frame(AVFormatContext* context, AVPacket* packet);

    [LibraryImport(Format)]
    public static partial int av_write_trailer(AVFormatContext* context);

    [LibraryImport(Format, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avio_open(void** context, string url, int flags);

    [LibraryImport(Format)]
    public static partial int avio_closep(void** context);
}
