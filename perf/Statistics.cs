using System.Diagnostics;

namespace CAManim.Native.Perf;

/// <summary>Medians of repeated runs. Cases are measured in turns, so that a busy moment of the machine meets all of them.</summary>
internal static class Statistics
{
    /// <summary>Whether everything is run once, to see that it runs; the numbers mean nothing then.</summary>
    public static bool IsQuick { get; set; }

    public static int WarmUps => IsQuick ? 0 : 3;

    public static int Repeats => IsQuick ? 1 : 15;

    /// <summary>Milliseconds of each case: median, smallest and largest of <see cref="Repeats"/> runs after <see cref="WarmUps"/>.</summary>
    public static (double Median, double Smallest, double Largest)[] MeasureInTurns(params Action[] cases) => MeasureInTurns(Repeats, cases);

    /// <summary>The same of so many runs, for cases of seconds.</summary>
    public static (double Median, double Smallest, double Largest)[] MeasureInTurns(int repeats, Action[] cases)
    {
        double[][] times = [.. cases.Select(_ => new double[repeats])];
        for (int repeat = -int.Min(WarmUps, repeats); repeat < repeats; repeat++)
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
