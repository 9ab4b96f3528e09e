using CAManim.Native.Encoding.Decoding;

namespace CAManim.Native.Server.Sources;

/// <summary>Raw RGB frames of one size from a stream, as fast as they come.</summary>
internal sealed class RawSource(Stream stream, string name, int width, int height) : IPictureSource
{
    private long _frames;

    public string Name => name;

    public bool Read(VideoPicture picture, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        picture.Resize(width, height);
        int read = stream.ReadAtLeast(picture.Pixels, picture.Pixels.Length, throwOnEndOfStream: false);
        if (read is not 0 && read < picture.Pixels.Length)
        {
            throw new IOException($"{name} ended within frame {_frames + 1}: {read} of {picture.Pixels.Length} bytes of a picture of {width}x{height} in rgb24 were there. Check --size and --pixel.");
        }

        _frames++;
        return read > 0;
    }

    public void Dispose() => stream.Dispose();
}
