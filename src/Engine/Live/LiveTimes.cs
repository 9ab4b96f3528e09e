using System.Diagnostics;

namespace CAManim.Native.Engine.Live;

/// <summary>When a frame passed where; stamps of <see cref="Stopwatch.GetTimestamp"/>.</summary>
/// <param name="Received">The picture was there: what the caller says, else when the session got it.</param>
/// <param name="Started">The network began.</param>
/// <param name="Predicted">The logits were there.</param>
/// <param name="Finished">The last map was there.</param>
public readonly record struct LiveTimes(long Received, long Started, long Predicted, long Finished)
{
    /// <summary>From picture in to maps out.</summary>
    public TimeSpan Latency => Stopwatch.GetElapsedTime(Received, Finished);

    /// <summary>Of it, what network and maps took.</summary>
    public TimeSpan Computation => Stopwatch.GetElapsedTime(Started, Finished);
}
