using CAManim.Native.Encoding.Interop;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding;

/// <summary>A video that is written while its pictures come: every frame another picture, at the time it was shown.</summary>
/// <remarks>The file appears when <see cref="Complete"/> was called, or not at all. For one thread at a time.</remarks>
public sealed class LiveVideo : IDisposable
{
    // Frames come when they come; times are kept to the nearest of these.
    private const double TicksPerSecond = 100;

    private readonly VideoFormat _format;
    private readonly OutputFile _file;
    private FrameBufferPool? _pool;
    private VideoMuxer? _muxer;
    private (int Width, int Height) _size;
    private long _last = -1;

    /// <summary>Begins a file; its ending says which kind: <c>.mp4</c>, <c>.webm</c> or <c>.mkv</c>.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <exception cref="ArgumentException">The ending names no kind, or GIF, whose frames must all be known beforehand.</exception>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public LiveVideo(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _format = VideoFormat.Of(path);
        if (_format.IsIndexed)
        {
            throw new ArgumentException($"'{path}' cannot be recorded: a GIF's palette needs all frames beforehand. Use .mp4.", nameof(path));
        }

        _file = new OutputFile(path);
    }

    /// <summary>Frames that were written.</summary>
    public int Frames { get; private set; }

    /// <summary>Adds a frame, drawn as those of <see cref="CamVideo"/>.</summary>
    /// <param name="image">The picture under the map; all of one size.</param>
    /// <param name="layers">All layers.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="frame">The layer that is shown, from 0.</param>
    /// <param name="at">When, from the start of the video; a frame that falls on the time of the one before is left out.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="ArgumentException">A frame has another size than the first, or an option is out of range.</exception>
    /// <exception cref="LibavException">No encoder works, or writing failed.</exception>
    public bool Add(RgbImage image, IReadOnlyList<LayerMap> layers, VideoOptions options, int frame, TimeSpan at)
    {
        ArgumentNullException.ThrowIfNull(options);
        long tick = (long)Math.Round(at.TotalSeconds * TicksPerSecond);
        if (tick <= _last)
        {
            return false;
        }

        FrameLayout layout = new(image, layers, options);
        Open(layout);
        FrameBuffer buffer = _pool!.Rent();
        layout.DrawStillParts(buffer.Planes);
        layout.Draw(buffer.Planes, frame);
        _muxer!.Send(buffer, tick);
        _last = tick;
        Frames++;
        return true;
    }

    /// <summary>Completes the file and gives it its name.</summary>
    /// <exception cref="InvalidOperationException">No frame was added.</exception>
    /// <exception cref="LibavException">Writing failed.</exception>
    public void Complete()
    {
        if (_muxer is null)
        {
            throw new InvalidOperationException("The recording has no frame.");
        }

        _muxer.Finish();
        _file.Commit();
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        // The encoder's references go first, so that every buffer is home.
        _muxer?.Dispose();
        _pool?.Dispose();
        _file.Dispose();
    }

    private void Open(FrameLayout layout)
    {
        if (_muxer is null)
        {
            _size = (layout.Width, layout.Height);
            _muxer = new VideoMuxer(_format.ChooseEncoder(), _format, layout.Width, layout.Height, TicksPerSecond, _file.TemporaryPath);
            _pool = new FrameBufferPool(_format.Pixels, layout.Width, layout.Height, isIndexed: false);
        }
        else if (_size != (layout.Width, layout.Height))
        {
            throw new ArgumentException($"A frame of {layout.Width}x{layout.Height} came into a video of {_size.Width}x{_size.Height}; all have one size.");
        }
    }
}
