using System.Diagnostics;
using System.Text.Json;
using CAManim.Native.Encoding;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>What tests of videos need.</summary>
internal static class Video
{
    public static void Require() => Assert.SkipUnless(Libav.IsAvailable, "libav is not installed");

    /// <summary>Codec, pixel format and number of frames as ffprobe counts them.</summary>
    public static (string Codec, string PixelFormat, int Frames) Probe(string path)
    {
        using Process? process = Start("ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=codec_name,pix_fmt,nb_read_frames", "-of", "json", path);
        Assert.SkipUnless(process is not null, "ffprobe is not installed");
        using JsonDocument answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        JsonElement stream = answer.RootElement.GetProperty("streams")[0];
        return (stream.GetProperty("codec_name").GetString()!, stream.GetProperty("pix_fmt").GetString()!, int.Parse(stream.GetProperty("nb_read_frames").GetString()!));
    }

    private static Process? Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
