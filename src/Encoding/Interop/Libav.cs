using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CAManim.Native.Encoding.Interop;

namespace CAManim.Native.Encoding;

/// <summary>The system's libav: whether it is there, which version, what it can encode.</summary>
public static unsafe class Libav
{
    private const int LogQuiet = -8;

    private static readonly Lazy<LibavLayout> CheckedLayout = new(Start);

    /// <summary>Whether videos can be written on this machine.</summary>
    public static bool IsAvailable
    {
        get
        {
            try
            {
                Require();
                return true;
            }
            catch (LibavMissingException)
            {
                return false;
            }
        }
    }

    internal static LibavLayout Layout => CheckedLayout.Value;

    /// <summary>Loads the libraries once per process and checks that they are laid out as expected.</summary>
    /// <exception cref="LibavMissingException">They are not installed, or not as expected.</exception>
    public static void Require() => _ = Layout;

    /// <summary>Versions and encoders, each encoder tried by really opening it; never throws.</summary>
    public static LibavReport Report()
    {
        try
        {
            Require();
            return new LibavReport
            {
                Version = Marshal.PtrToStringUTF8((nint)ffmpeg.av_version_info()),
                Libraries = [Name("libavcodec", ffmpeg.avcodec_version()), Name("libavformat", ffmpeg.avformat_version()), Name("libavutil", ffmpeg.avutil_version())],
                Encoders = [.. VideoFormat.All.SelectMany(format => format.Encoders.Select(encoder => new LibavEncoderReport(format.Extension, encoder.Name, EncoderProbe.FindProblem(encoder))))],
            };
        }
        catch (LibavMissingException error)
        {
            return new LibavReport { Problem = error.Message };
        }
    }

    internal static void ThrowIfError(int result, string what)
    {
        if (result < 0)
        {
            Throw(result, what);
        }
    }

    internal static string Describe(int error)
    {
        byte* text = stackalloc byte[256];
        _ = ffmpeg.av_strerror(error, text, 256);
        return Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    [DoesNotReturn]
    private static void Throw(int result, string what) => throw new LibavException($"{what}: {Describe(result)} (libav error {result}).", result);

    private static string Name(string library, uint version) => $"{library} {version >> 16}.{(version >> 8) & 255}.{version & 255}";

    private static LibavLayout Start()
    {
        LibavLibrary.Set set = ffmpeg.Loaded;

        // Encoders report progress and statistics to the process's error output, which belongs to the program.
        if (Environment.GetEnvironmentVariable("CAMANIM_LIBAV_LOG") is null or "")
        {
            ffmpeg.av_log_set_level(LogQuiet);
        }

        LibavLayout layout = LibavLayout.Of(set.Major);
        string? fault = layout.FindFault();
        return fault is null
            ? layout
            : throw new LibavMissingException($"libavformat {set.Major} is installed, but {fault} is not laid out as its headers say. Install your system's own FFmpeg packages. " + LibavMissingException.Advice);
    }
}
