namespace CAManim.Native.Engine.Live;

/// <summary>Hands the newest of many from one thread to another: three slots, used again and again, and what was not taken in time is written over.</summary>
/// <typeparam name="T">What a slot holds.</typeparam>
/// <param name="make">Makes a slot; called three times.</param>
public sealed class Newest<T>(Func<T> make) : IDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private T _writing = make();
    private T _waiting = make();
    private T _reading = make();
    private bool _isWaiting;
    private long _published;
    private long _dropped;

    /// <summary>How many were published.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>How many of them were written over before they were taken.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether one was published that was not taken.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_lock)
            {
                return _isWaiting;
            }
        }
    }

    /// <summary>Writes the next; for one writing thread at a time.</summary>
    /// <param name="write">Fills the slot.</param>
    /// <param name="argument">Passed on to <paramref name="write"/>, so that it need not be a closure.</param>
    public void Publish<TArgument>(Action<T, TArgument> write, TArgument argument)
        where TArgument : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(write);
        write(_writing, argument);
        lock (_lock)
        {
            (_writing, _waiting) = (_waiting, _writing);
            _published++;
            if (_isWaiting)
            {
                _dropped++;
                return;
            }

            _isWaiting = true;
            _arrived.Release();
        }
    }

    /// <summary>Waits for the newest; for one reading thread. The slot is the caller's until the next call.</summary>
    /// <param name="patience">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/>: as long as it takes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null where none came in time.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public T? Take(TimeSpan patience, CancellationToken cancellation = default)
    {
        if (!_arrived.Wait(patience, cancellation))
        {
            return null;
        }

        lock (_lock)
        {
            (_reading, _waiting) = (_waiting, _reading);
            _isWaiting = false;
            return _reading;
        }
    }

    /// <summary>Frees the wait's handle.</summary>
    public void Dispose() => _arrived.Dispose();
}
