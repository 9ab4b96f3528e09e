using Spectre.Console;

namespace CAManim.Native.Cli.Progress;

/// <summary>Bars on a terminal.</summary>
/// <param name="stderr">Where to.</param>
/// <param name="isForced">Whether bars were asked for also where no terminal can be seen.</param>
internal sealed class BarProgress(TextWriter stderr, bool isForced) : RunProgress
{
    private ProgressContext? _context;
    private ProgressTask? _task;

    public override T Show<T>(Func<T> work)
    {
        AnsiConsoleSettings settings = new() { Out = new AnsiConsoleOutput(stderr) };
        if (isForced)
        {
            (settings.Ansi, settings.Interactive) = (AnsiSupport.Yes, InteractionSupport.Yes);
        }

        IAnsiConsole console = AnsiConsole.Create(settings);
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .Start(context =>
            {
                _context = context;
                return work();
            });
    }

    public override void Begin(string stage, int total = 0)
    {
        _task = _context?.AddTask(Markup.Escape(stage), maxValue: Math.Max(total, 1));
        if (_task is not null)
        {
            _task.IsIndeterminate = total == 0;
        }
    }

    public override void Report(int done, int total, string? item = null)
    {
        if (_task is { } task)
        {
            task.IsIndeterminate = false;
            task.MaxValue = Math.Max(total, 1);
            task.Value = done;
        }
    }

    public override void End()
    {
        if (_task is { } task)
        {
            task.IsIndeterminate = false;
            task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}
