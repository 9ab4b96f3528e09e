using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Server.Sources;

/// <summary>Pictures that can be had by number: a folder's, or drawn ones.</summary>
internal sealed class PictureList(string name, int count, Func<int, RgbImage> get, SourceOptions options, bool isLooping) : IPictureSource
{
    private const double StandardRate = 10;

    private readonly Pace _pace = new(options.FramesPerSecond ?? StandardRate);
    private int _next;

    public string Name => name;

    public bool Read(VideoPicture picture, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_next == count)
        {
            if (!isLooping)
            {
                return false;
            }

            _next = 0;
        }

        RgbImage image = get(_next++);
        picture.Resize(image.Width, image.Height);
        image.Pixels.CopyTo(picture.Pixels, 0);
        _pace.Wait(cancellation);
        return true;
    }

    public void Dispose()
    {
        // Nothing is held open.
    }
}
