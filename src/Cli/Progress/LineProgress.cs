using System.Diagnostics;
using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Cli.Progress;

/// <summary>A line a stage, and one a second while a stage lasts, with the time that is left: for logs.</summary>
internal sealed class LineProgress(TextWriter stderr) : RunProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private string _stage = "";
    private long _start;
    private long _last;
    private int _total;

    public override void Begin(string stage, int total = 0)
    {
        (_stage, _total) = (stage, total);
        _start = _last = Stopwatch.GetTimestamp();
    }

    public override void Report(int done, int total, string? item = null)
    {
        lock (_lock)
        {
            _total = total;
            if (Stopwatch.GetElapsedTime(_last) >= Interval && done < total)
            {
                _last = Stopwatch.GetTimestamp();
                stderr.WriteLine($"{_stage}: {done}/{total}{(item is null ? "" : $" {VisibleText.Line(item)}")}{Left(done, total)}");
            }
        }
    }

    public override void End()
    {
        lock (_lock)
        {
            string count = _total > 0 ? $"{_total} in " : "";
            stderr.WriteLine($"{_stage}: {count}{Stopwatch.GetElapsedTime(_start).TotalSeconds:0.000} s");
        }
    }

    // By the parts that are done; of none nothing is known.
    private string Left(int done, int total)
    {
        if (done < 1)
        {
            return "";
        }

        TimeSpan left = Stopwatch.GetElapsedTime(_start) * ((total - done) / (double)done);
        return left.TotalSeconds < 100 ? $", about {Math.Ceiling(left.TotalSeconds):0} s left" : $", about {Math.Ceiling(left.TotalMinutes):0} min left";
    }
}
