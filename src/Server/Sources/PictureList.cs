using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Server.Sources;

/// <summary>Pictures that can be had by number: a photograph, a folder's, or drawn ones. At the end the last stays, or the first comes again.</summary>
/// <param name="name">What they are called.</param>
/// <param name="count">How many there are.</param>
/// <param name="get">Reads one.</param>
/// <param name="framesPerSecond">0: as fast as they can be read.</param>
/// <param name="isLooping">Whether the first comes again.</param>
internal sealed class PictureList(string name, int count, Func<int, Picture> get, double framesPerSecond, bool isLooping) : IPictureSource, IStillSource
{
    private readonly Pace _pace = new(framesPerSecond);
    private ImageFileException? _problem;
    private int _failed;
    private int _next;

    public string Name => name;

    public Picture? Still { get; private set; }

    public bool Read(VideoPicture picture, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_next == count)
            {
                if (_failed == count)
                {
                    throw _problem!;
                }

                if (!isLooping || count == 1)
                {
                    // The last picture stays until somebody ends it.
                    cancellation.WaitHandle.WaitOne();
                    continue;
                }

                (_next, _failed) = (0, 0);
            }

            if (TryRead(_next++, picture))
            {
                if (framesPerSecond > 0)
                {
                    _pace.Wait(cancellation);
                }

                return true;
            }
        }
    }

    public void Dispose()
    {
        // Nothing is held open.
    }

    // One that is damaged is passed over, as long as there are others.
    private bool TryRead(int index, VideoPicture picture)
    {
        try
        {
            Still = get(index);
        }
        catch (ImageFileException error)
        {
            _problem = error;
            _failed++;
            return false;
        }

        picture.Resize(Still.Image.Width, Still.Image.Height);
        picture.Time = null;
        Still.Image.Pixels.CopyTo(picture.Pixels, 0);
        return true;
    }
}
