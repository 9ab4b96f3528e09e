using System.Diagnostics;
using CAManim.Native.Cli.Json;

namespace CAManim.Native.Cli.Progress;

/// <summary>A JSON object a line, for programs: stage, done, total, item, elapsedMilliseconds. A stage begins with done 0 and ends with done = total.</summary>
internal sealed class JsonProgress(TextWriter stderr) : RunProgress
{
    private readonly Lock _lock = new();
    private string _stage = "";
    private long _start;
    private int _done;
    private int _total;

    public override void Begin(string stage, int total = 0)
    {
        (_stage, _total, _done, _start) = (stage, Math.Max(total, 1), 0, Stopwatch.GetTimestamp());
        Write(0, null);
    }

    public override void Report(int done, int total, string? item = null)
    {
        _total = total;
        Write(done, item);
    }

    public override void End()
    {
        if (_done < _total)
        {
            Write(_total, null);
        }
    }

    private void Write(int done, string? item)
    {
        lock (_lock)
        {
            _done = done;
            stderr.WriteLine(JsonText.Line(new ProgressLine(_stage, done, _total, item, Finite.Milliseconds(Stopwatch.GetElapsedTime(_start)))));
            stderr.Flush();
        }
    }
}
