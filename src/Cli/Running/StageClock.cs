using System.Diagnostics;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Progress;

namespace CAManim.Native.Cli.Running;

/// <summary>Times the stages of a run and tells the progress of them.</summary>
internal sealed class StageClock(RunProgress progress)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, TimeSpan> _times = [];

    public RunProgress Progress => progress;

    public T Time<T>(string stage, Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        progress.Begin(stage);
        T result = work();
        progress.End();
        _times[stage] = Stopwatch.GetElapsedTime(start);
        return result;
    }

    public void Time(string stage, Action work) => Time(stage, () =>
    {
        work();
        return true;
    });

    public RunElapsed Elapsed() => new(
        Of("model") ?? 0,
        Of("weights") ?? 0,
        Of("input") ?? 0,
        Of("maps") ?? 0,
        Of("road"),
        Of("video"),
        Of("maps file"),
        Finite.Milliseconds(Stopwatch.GetElapsedTime(_start)));

    private double? Of(string stage) => _times.TryGetValue(stage, out TimeSpan time) ? Finite.Milliseconds(time) : null;
}
