using System.Diagnostics;
using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Server.Live;

/// <summary>A picture with the time at which it came.</summary>
internal sealed class LivePicture
{
    public VideoPicture Picture { get; } = new();

    public long Received { get; private set; }

    /// <summary>The same with all its bits; null where it has no more than the pixels.</summary>
    public Picture? Still { get; private set; }

    public void Fill(VideoPicture from, Picture? still)
    {
        Still = still;
        Received = Stopwatch.GetTimestamp();
        Picture.Resize(from.Width, from.Height);
        from.Pixels.CopyTo(Picture.Pixels, 0);
    }
}
