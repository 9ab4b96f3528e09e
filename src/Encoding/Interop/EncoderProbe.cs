using System.Collections.Concurrent;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Finds out whether an encoder works here, by opening it: hardware encoders are listed where their hardware is not.</summary>
internal static class EncoderProbe
{
    private const int Size = 256;

    private static readonly ConcurrentDictionary<string, string?> Known = new();

    /// <returns>Null where it works, else why not.</returns>
    public static string? FindProblem(VideoEncoderChoice encoder) => Known.GetOrAdd(encoder.Name, static (_, choice) => Try(choice), encoder);

    private static string? Try(VideoEncoderChoice encoder)
    {
        try
        {
            using VideoMuxer muxer = new(encoder, VideoFormat.Mp4, Size, Size, 5, path: null);
            return null;
        }
        catch (LibavException error)
        {
            return error.Message;
        }
    }
}
