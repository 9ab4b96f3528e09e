using CAManim.Native.Encoding.Decoding;

namespace CAManim.Native.Server.Sources;

/// <summary>A video file at its own speed or another, or a camera.</summary>
internal sealed class VideoSource(VideoReader reader, string name, SourceOptions options, bool isCamera) : IPictureSource
{
    private readonly Pace _pace = new(options.FramesPerSecond ?? 0);
    private bool _isFresh = true;

    public string Name => name;

    public bool Read(VideoPicture picture, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (!reader.Read(picture))
        {
            if (!options.IsLooping || _isFresh || isCamera)
            {
                return false;
            }

            reader.Rewind();
            _pace.Restart();
            _isFresh = true;
        }

        _isFresh = false;
        if (isCamera)
        {
            return true;
        }

        if (options.FramesPerSecond is null && picture.Time is { } time)
        {
            _pace.Wait(time, cancellation);
        }
        else
        {
            _pace.Wait(cancellation);
        }

        return true;
    }

    public void Dispose() => reader.Dispose();
}
