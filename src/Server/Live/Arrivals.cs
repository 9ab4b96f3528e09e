using System.Diagnostics;

namespace CAManim.Native.Server.Live;

/// <summary>When pictures come, and how long it is until the next: told by the thread that reads them, asked by the one that computes.</summary>
internal sealed class Arrivals
{
    private const double Weight = 0.2;

    private readonly Lock _lock = new();
    private long _last;
    private TimeSpan _interval = TimeSpan.MaxValue;

    /// <summary>From one picture to the next, smoothed; the largest of all times before the second.</summary>
    public TimeSpan Interval
    {
        get
        {
            lock (_lock)
            {
                return _interval;
            }
        }
    }

    /// <summary>Until the next picture is expected; below zero where it is late.</summary>
    public TimeSpan Gap
    {
        get
        {
            lock (_lock)
            {
                return _interval == TimeSpan.MaxValue ? _interval : _interval - Stopwatch.GetElapsedTime(_last);
            }
        }
    }

    public void Count()
    {
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            if (_last != 0)
            {
                TimeSpan interval = Stopwatch.GetElapsedTime(_last, now);
                _interval = _interval == TimeSpan.MaxValue ? interval : _interval + (Weight * (interval - _interval));
            }

            _last = now;
        }
    }
}
