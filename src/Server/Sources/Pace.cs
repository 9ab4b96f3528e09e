using System.Diagnostics;

namespace CAManim.Native.Server.Sources;

/// <summary>Waits until a picture is due: by a rate, or by the pictures' own times. Where those say nothing sensible, 25 a second.</summary>
/// <param name="framesPerSecond">0: by the pictures' own times.</param>
internal sealed class Pace(double framesPerSecond)
{
    private static readonly TimeSpan StandardStep = TimeSpan.FromSeconds(1 / 25.0);

    // A longer pause between two pictures is a fault of the file.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10);

    // What is later is not made up for.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _due;
    private TimeSpan? _last;
    private bool _isAtWork;

    /// <summary>Waits by the rate.</summary>
    public void Wait(CancellationToken cancellation) => WaitFor(framesPerSecond > 0 ? TimeSpan.FromSeconds(1 / framesPerSecond) : StandardStep, cancellation);

    /// <summary>Waits by the picture's own time.</summary>
    /// <param name="time">Null where it has none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public void Wait(TimeSpan? time, CancellationToken cancellation)
    {
        TimeSpan step = time - _last ?? StandardStep;
        _last = time;
        WaitFor(step > TimeSpan.Zero && step <= LongestStep ? step : StandardStep, cancellation);
    }

    /// <summary>The next picture's time is not after the last one's: the video begins again.</summary>
    public void Restart() => _last = null;

    private void WaitFor(TimeSpan step, CancellationToken cancellation)
    {
        _due += _isAtWork ? step : TimeSpan.Zero;
        _isAtWork = true;
        TimeSpan now = Stopwatch.GetElapsedTime(_start);
        if (now - _due > LongestDelay)
        {
            _due = now;
        }

        if (_due > now)
        {
            cancellation.WaitHandle.WaitOne(_due - now);
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
