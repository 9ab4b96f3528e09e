using System.Diagnostics;

namespace CAManim.Native.Perf.Kernels;

/// <summary>Median and spread of repeated runs.</summary>
internal static class Stopwatches
{
    /// <summary>Warms up, then runs for about the given time; at least five runs.</summary>
    /// <returns>Median and the middle half's width, in milliseconds.</returns>
    public static (double Median, double Spread) Measure(Action run, double seconds = 0.25)
    {
        (seconds, int least) = Statistics.IsQuick ? (0, 1) : (seconds, 5);
        long warm = Stopwatch.GetTimestamp();
        do
        {
            run();
        }
        while (Stopwatch.GetElapsedTime(warm).TotalSeconds < seconds / 2);

        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < least || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long begin = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 3 / 4] - times[times.Count / 4]);
    }
}
