using System.Diagnostics.Metrics;
using CAManim.Native.Server.Live;

namespace CAManim.Native.Server.Metrics;

/// <summary>What is counted, for OpenTelemetry and <c>/metrics</c>.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "CAManim.Native.Server";

    // Of histograms; those that are given by default are for milliseconds.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _durations;
    private int _waiting;

    public ServerMetrics(LiveChannel? live)
    {
        _requests = _meter.CreateCounter<long>("camanim.explain.requests", description: "Requests to explain an image, by status; 499: the client left.");
        _durations = _meter.CreateHistogram<double>("camanim.explain.duration", "s", "Time from the head of a request to its answer.", tags: null, advice: Seconds);
        _meter.CreateObservableGauge("camanim.explain.waiting", () => _waiting, description: "Requests that were taken and are not answered.");
        if (live is not null)
        {
            _meter.CreateObservableCounter("camanim.live.frames", () => live.Frames, description: "Pictures that went through the network.");
            _meter.CreateObservableCounter("camanim.live.dropped", () => live.Dropped, description: "Pictures that a newer one replaced.");
            _meter.CreateObservableGauge("camanim.live.viewers", () => live.Viewers, description: "Open live pages.");
            _meter.CreateObservableGauge("camanim.live.latency", () => live.LatencyInSeconds, "s", "From picture in to maps out, of the last frame.");
        }
    }

    public void Began() => Interlocked.Increment(ref _waiting);

    public void Ended() => Interlocked.Decrement(ref _waiting);

    public void Answered(int status, TimeSpan duration)
    {
        KeyValuePair<string, object?> tag = new("status", status);
        _requests.Add(1, tag);
        _durations.Record(duration.TotalSeconds, tag);
    }

    public void Dispose() => _meter.Dispose();
}
