using CAManim.Native.Encoding.Decoding;

namespace CAManim.Native.Server.Sources;

/// <summary>A video file at its own speed or another, or a camera.</summary>
internal sealed class VideoSource(VideoReader reader, string name, SourceOptions options, bool isCamera) : IPictureSource
{
    private readonly Pace _pace = new(options.FramesPerSecond ?? 0);
    private bool _isFresh = true;
    private bool _isEmpty = true;

    public string Name => name;

    public bool Read(VideoPicture picture, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (!reader.Read(picture))
        {
            if (_isEmpty)
            {
                throw new IOException($"'{name}' has no picture that can be decoded: it is no video, or damaged.");
            }

            if (!options.IsLooping || _isFresh || isCamera)
            {
                return false;
            }

            reader.Rewind();
            _pace.Restart();
            _isFresh = true;
        }

        (_isFresh, _isEmpty) = (false, false);
        if (isCamera)
        {
            return true;
        }

        switch (options.FramesPerSecond)
        {
            case null:
                _pace.Wait(picture.Time, cancellation);
                break;
            case > 0:
                _pace.Wait(cancellation);
                break;
            default:
                break;
        }

        return true;
    }

    public void Dispose() => reader.Dispose();
}
