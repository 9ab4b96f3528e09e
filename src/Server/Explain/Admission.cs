using System.Diagnostics;
using CAManim.Native.Server.Metrics;
using Microsoft.AspNetCore.Http;

namespace CAManim.Native.Server.Explain;

/// <summary>A bounded number of requests whose pictures are there, one at work at a time in the order they came: what is taken has a bounded wait.</summary>
internal sealed class Admission(int length, ServerMetrics metrics) : IDisposable
{
    private const double Weight = 0.1;

    private readonly SemaphoreSlim _places = new(length, length);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private double _secondsOfWork = 0.1;

    /// <summary>When a full queue will have worked itself off, in whole seconds, for Retry-After.</summary>
    public int RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling(_secondsOfWork * length));

    /// <summary>Before a body is read that would be read for nothing.</summary>
    /// <exception cref="RequestException">All places are taken.</exception>
    public void CheckRoom()
    {
        if (_places.CurrentCount == 0)
        {
            throw Full();
        }
    }

    /// <summary>Waits for the turn and works, on a thread of the pool.</summary>
    /// <exception cref="RequestException">All places are taken.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public async Task<T> Work<T>(Func<T> work, CancellationToken cancellation)
    {
        if (!_places.Wait(0, CancellationToken.None))
        {
            throw Full();
        }

        metrics.Began();
        try
        {
            await _turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                long start = Stopwatch.GetTimestamp();
                T result = await Task.Run(work, cancellation).ConfigureAwait(false);
                _secondsOfWork += Weight * (Stopwatch.GetElapsedTime(start).TotalSeconds - _secondsOfWork);
                return result;
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            metrics.Ended();
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _turn.Dispose();
    }

    private RequestException Full() => new(StatusCodes.Status503ServiceUnavailable, $"{length} requests are waiting already. Try again in {RetryAfterSeconds} s.");
}
