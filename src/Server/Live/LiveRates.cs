using System.Diagnostics;
using CAManim.Native.Engine.Live;

namespace CAManim.Native.Server.Live;

/// <summary>Frames a second, smoothed.</summary>
internal sealed class LiveRates
{
    private const double Weight = 0.1;

    private long _last;
    private double _seconds;

    public double FramesPerSecond => _seconds > 0 ? 1 / _seconds : 0;

    public void Count(LiveTimes times)
    {
        if (_last != 0)
        {
            double seconds = Stopwatch.GetElapsedTime(_last, times.Finished).TotalSeconds;
            _seconds = _seconds == 0 ? seconds : _seconds + (Weight * (seconds - _seconds));
        }

        _last = times.Finished;
    }
}
