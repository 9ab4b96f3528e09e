using System.Diagnostics;
using CAManim.Native.Encoding.Decoding;

namespace CAManim.Native.Server.Live;

/// <summary>A picture with the time at which it came.</summary>
internal sealed class LivePicture
{
    public VideoPicture Picture { get; } = new();

    public long Received { get; private set; }

    public void Fill(VideoPicture from)
    {
        Received = Stopwatch.GetTimestamp();
        Picture.Resize(from.Width, from.Height);
        from.Pixels.CopyTo(Picture.Pixels, 0);
    }
}
