using System.Diagnostics;
using CAManim.Native.Kernels.Threads;

namespace CAManim.Native.Engine.Live;

/// <summary>Pictures from any thread through a <see cref="LiveSession"/> on a thread of its own: the newest wins, nothing queues up.</summary>
public sealed class LiveStream : IDisposable
{
    private readonly LiveSession _session;
    private readonly Action<LiveFrame> _onFrame;
    private readonly Newest<Slot> _pictures;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _pushing = new();
    private readonly Task _work;

    /// <summary>Starts.</summary>
    /// <param name="session">Used by the stream alone until that is disposed; it stays the caller's.</param>
    /// <param name="onFrame">Told of every frame, on the stream's thread; the next frame waits until it returns.</param>
    public LiveStream(LiveSession session, Action<LiveFrame> onFrame)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(onFrame);
        (_session, _onFrame) = (session, onFrame);
        _pictures = new Newest<Slot>(() => new Slot(new float[session.Channels * session.Height * session.Width]));
        _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Pictures that came.</summary>
    public long Pushed => _pictures.Published;

    /// <summary>Pictures that a newer one replaced before the network was free.</summary>
    public long Dropped => _pictures.Dropped;

    /// <summary>Why the stream ended: what <see cref="LiveSession.Process"/> or the callback threw; null while it runs.</summary>
    public Exception? Error => _work.Exception?.InnerException;

    /// <summary>Hands a picture over and returns at once.</summary>
    /// <param name="input">[C,H,W], normalised; copied.</param>
    /// <param name="received">When the picture was there, by <see cref="Stopwatch.GetTimestamp"/>; 0: now.</param>
    /// <exception cref="ArgumentException"><paramref name="input"/> does not hold C·H·W values.</exception>
    /// <exception cref="CamException">The stream has ended with an error.</exception>
    public void Push(ReadOnlySpan<float> input, long received = 0)
    {
        int expected = _session.Channels * _session.Height * _session.Width;
        if (input.Length != expected)
        {
            throw new ArgumentException($"An input [{_session.Channels},{_session.Height},{_session.Width}] has {expected} values, got {input.Length}.", nameof(input));
        }

        if (Error is { } error)
        {
            throw new CamException($"The stream has ended: {error.Message}", error);
        }

        lock (_pushing)
        {
            _pictures.Publish(static (slot, picture) => slot.Fill(picture), new Picture(input, received == 0 ? Stopwatch.GetTimestamp() : received));
        }
    }

    /// <summary>Ends after the frame at hand; pictures that wait are dropped.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();
        _pictures.Dispose();
        _stop.Dispose();
    }

    private void Work()
    {
        try
        {
            PinnedPair pair = new();
            while (true)
            {
                Slot slot = _pictures.Take(Timeout.InfiniteTimeSpan, _stop.Token)!;
                _onFrame(Process(pair, slot));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private LiveFrame Process(PinnedPair pair, Slot slot)
    {
        using PinnedPair.Scope pinned = pair.Enter();
        return _session.Process(slot.Values, slot.Received);
    }

    private readonly ref struct Picture(ReadOnlySpan<float> values, long received)
    {
        public ReadOnlySpan<float> Values { get; } = values;

        public long Received => received;
    }

    private sealed class Slot(float[] values)
    {
        public float[] Values => values;

        public long Received { get; private set; }

        public void Fill(Picture picture)
        {
            picture.Values.CopyTo(values);
            Received = picture.Received;
        }
    }
}
