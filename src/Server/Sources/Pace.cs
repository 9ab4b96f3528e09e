using System.Diagnostics;

namespace CAManim.Native.Server.Sources;

/// <summary>Waits until a picture is due; one that is late already is not waited for, and those after it are not hurried.</summary>
internal sealed class Pace(double framesPerSecond)
{
    private long _start = Stopwatch.GetTimestamp();
    private long _number;
    private TimeSpan? _first;

    /// <summary>Waits by the rate.</summary>
    public void Wait(CancellationToken cancellation)
    {
        if (framesPerSecond > 0)
        {
            WaitUntil(TimeSpan.FromSeconds(_number++ / framesPerSecond), cancellation);
        }
    }

    /// <summary>Waits by the picture's own time.</summary>
    public void Wait(TimeSpan time, CancellationToken cancellation)
    {
        _first ??= time;
        WaitUntil(time - _first.Value, cancellation);
    }

    /// <summary>Starts the clock again.</summary>
    public void Restart() => (_start, _number, _first) = (Stopwatch.GetTimestamp(), 0, null);

    private void WaitUntil(TimeSpan due, CancellationToken cancellation)
    {
        TimeSpan wait = due - Stopwatch.GetElapsedTime(_start);
        if (wait > TimeSpan.Zero)
        {
            cancellation.WaitHandle.WaitOne(wait);
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
