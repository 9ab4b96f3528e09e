using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Server.Sources;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>The same picture again and again, quickly.</summary>
internal sealed class Still : IPictureSource
{
    public string Name => "still";

    public bool Read(VideoPicture picture, CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(2);
        cancellation.ThrowIfCancellationRequested();
        picture.Resize(Pictures.Scene.Width, Pictures.Scene.Height);
        Pictures.Scene.Pixels.CopyTo(picture.Pixels, 0);
        return true;
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
