using System.Collections.Concurrent;
using CAManim.Native.Encoding.Images;
using CAManim.Native.Encoding.Interop;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding;

/// <summary>
/// Composes on one thread and encodes on the caller's, a few frames apart; the frames' memory goes round in a pool.
/// </summary>
internal sealed class FramePipeline : IDisposable
{
    // Enough to ride out an uneven frame; more only costs memory.
    private const int Ahead = 4;

    private readonly FrameBufferPool _pool;
    private readonly VideoMuxer _muxer;
    private readonly FrameLayout _layout;
    private readonly GifFrames? _gif;
    private readonly DeviceComposer? _composer;
    private readonly int _frames;
    private readonly string? _framesFolder;

    public FramePipeline(string path, VideoFormat format, VideoEncoderChoice encoder, FrameLayout layout, int frames, VideoOptions options)
    {
        (_layout, _frames, _framesFolder) = (layout, frames, options.FramesFolder);
        if (_framesFolder is not null)
        {
            Directory.CreateDirectory(_framesFolder);
        }

        _gif = format.IsIndexed ? new GifFrames(layout, frames) : null;
        _muxer = new VideoMuxer(encoder, format, layout.Width, layout.Height, options.FramesPerSecond, path);
        _composer = format.IsIndexed || options.Device is null ? null : layout.ComposerOn(options.Device);
        _pool = new FrameBufferPool(format.Pixels, layout.Width, layout.Height, format.IsIndexed, _composer is null ? null : options.Device);
    }

    /// <summary>Writes all frames and completes the file.</summary>
    public void Run(IProgress<VideoProgress>? progress, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using BlockingCollection<FrameBuffer> composed = new(Ahead);
        Task composer = Task.Factory.StartNew(() => Compose(composed, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            int sent = 0;
            while (composed.TryTake(out FrameBuffer? buffer, Timeout.Infinite, CancellationToken.None))
            {
                if (cancellation.IsCancellationRequested)
                {
                    _pool.Return(buffer);
                    cancellation.ThrowIfCancellationRequested();
                }

                _muxer.Send(buffer, sent++);
                progress?.Report(new VideoProgress(sent, _frames));
            }

            composer.GetAwaiter().GetResult();
            cancellation.ThrowIfCancellationRequested();
            _muxer.Finish();
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)composer).AsyncWaitHandle.WaitOne();
            while (composed.TryTake(out FrameBuffer? unsent))
            {
                _pool.Return(unsent);
            }
        }
    }

    public void Dispose()
    {
        // The encoder's references go first, so that every buffer is home.
        _muxer.Dispose();
        _pool.Dispose();
        _composer?.Dispose();
    }

    private void Compose(BlockingCollection<FrameBuffer> composed, CancellationToken cancellation)
    {
        try
        {
            for (int frame = 0; frame < _frames; frame++)
            {
                FrameBuffer buffer = _pool.Rent();
                try
                {
                    Draw(buffer, frame);
                    composed.Add(buffer, cancellation);
                }
                catch
                {
                    _pool.Return(buffer);
                    throw;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The caller's side has the reason and throws it.
        }
        finally
        {
            composed.CompleteAdding();
        }
    }

    private void Draw(FrameBuffer buffer, int frame)
    {
        if (_gif is not null)
        {
            _gif.Draw(frame, buffer.Indices, buffer.Stride, buffer.Palette);
        }
        else
        {
            if (!buffer.HasStillParts)
            {
                _layout.DrawStillParts(buffer.Planes);
                buffer.HasStillParts = true;
            }

            if (_composer is null)
            {
                _layout.Draw(buffer.Planes, frame);
            }
            else
            {
                _layout.Draw(buffer, frame, _composer);
            }
        }

        if (_framesFolder is not null)
        {
            PngFile.WriteFrame(_framesFolder, _layout, frame);
        }
    }
}
