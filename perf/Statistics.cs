using System.Diagnostics;

namespace CAManim.Native.Perf;

/// <summary>Medians of repeated runs. Cases are measured in turns, so that a busy moment of the machine meets all of them.</summary>
internal static class Statistics
{
    public const int WarmUps = 3;
    public const int Repeats = 15;

    /// <summary>Milliseconds of each case: median, smallest and largest of <see cref="Repeats"/> runs after <see cref="WarmUps"/>.</summary>
    public static (double Median, double Smallest, double Largest)[] MeasureInTurns(params Action[] cases)
    {
        double[][] times = [.. cases.Select(_ => new double[Repeats])];
        for (int repeat = -WarmUps; repeat < Repeats; repeat++)
        {
            for (int i = 0; i < cases.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                cases[i]();
                double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (repeat >= 0)
                {
                    times[i][repeat] = elapsed;
                }
            }
        }

        return [.. times.Select(t =>
        {
            Array.Sort(t);
            return (t[t.Length / 2], t[0], t[^1]);
        })];
    }
}
