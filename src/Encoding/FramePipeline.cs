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

    private readonly IFramePool _pool;
    private readonly VideoMuxer _muxer;
    private readonly FrameLayout _layout;
    private readonly GifFrames? _gif;
    private readonly DeviceComposer? _composer;
    private readonly int _frames;
    private readonly string? _framesFolder;

    /// <param name="path">The file.</param>
    /// <param name="format">Its kind.</param>
    /// <param name="encoder">Which.</param>
    /// <param name="layout">Draws the frames.</param>
    /// <param name="frames">Their number.</param>
    /// <param name="options">How they look, and the device that draws them.</param>
    /// <param name="onDevice">The device's own frames, this object's from here on; null: frames in the memory of the host.</param>
    /// <exception cref="LibavException">The encoder or the file does not open.</exception>
    public FramePipeline(string path, VideoFormat format, VideoEncoderChoice encoder, FrameLayout layout, int frames, VideoOptions options, DeviceFramePool? onDevice = null)
    {
        (_layout, _frames, _framesFolder) = (layout, frames, options.FramesFolder);
        if (_framesFolder is not null)
        {
            Directory.CreateDirectory(_framesFolder);
        }

        _gif = format.IsIndexed ? new GifFrames(layout, frames) : null;
        try
        {
            _muxer = new VideoMuxer(encoder, format, layout.Width, layout.Height, options.FramesPerSecond, path, onDevice?.Frames);
            _composer = format.IsIndexed || options.Device is null ? null : layout.ComposerOn(options.Device);
            _pool = onDevice ?? (IFramePool)new FrameBufferPool(format.Pixels, layout.Width, layout.Height, format.IsIndexed, _composer is null ? null : options.Device);
        }
        catch
        {
            _muxer?.Dispose();
            onDevice?.Dispose();
            throw;
        }
    }

    /// <summary>Writes all frames and completes the file.</summary>
    public void Run(IProgress<VideoProgress>? progress, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using BlockingCollection<IFrameMemory> composed = new(Ahead);
        Task composer = Task.Factory.StartNew(() => Compose(composed, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            int sent = 0;
            while (composed.TryTake(out IFrameMemory? memory, Timeout.Infinite, CancellationToken.None))
            {
                if (cancellation.IsCancellationRequested)
                {
                    memory.Return();
                    cancellation.ThrowIfCancellationRequested();
                }

                _muxer.Send(memory, sent++);
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
            while (composed.TryTake(out IFrameMemory? unsent))
            {
                unsent.Return();
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

    private void Compose(BlockingCollection<IFrameMemory> composed, CancellationToken cancellation)
    {
        try
        {
            for (int frame = 0; frame < _frames; frame++)
            {
                IFrameMemory memory = _pool.Rent();
                try
                {
                    Draw(memory, frame);
                    composed.Add(memory, cancellation);
                }
                catch
                {
                    memory.Return();
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

    private void Draw(IFrameMemory memory, int frame)
    {
        if (memory is DeviceFrame onDevice)
        {
            _layout.Draw(onDevice, frame, _composer!);
        }
        else
        {
            Draw((FrameBuffer)memory, frame);
        }

        if (_framesFolder is not null)
        {
            PngFile.WriteFrame(_framesFolder, _layout, frame);
        }
    }

    private void Draw(FrameBuffer buffer, int frame)
    {
        if (_gif is not null)
        {
            _gif.Draw(frame, buffer.Indices, buffer.Stride, buffer.Palette);
            return;
        }

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
}
