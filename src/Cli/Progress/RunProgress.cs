using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Outputs;

namespace CAManim.Native.Cli.Progress;

/// <summary>Tells how far a run is, on standard error.</summary>
internal abstract class RunProgress
{
    /// <summary>The words that <c>--progress</c> takes.</summary>
    public static readonly string[] Modes = ["auto", "bar", "lines", "json", "none"];

    /// <param name="mode">One of <see cref="Modes"/>; auto: a bar on a terminal, lines elsewhere.</param>
    /// <param name="stderr">Where to.</param>
    public static RunProgress Create(string mode, TextWriter stderr) => mode.ToLowerInvariant() switch
    {
        "bar" => new BarProgress(Terminal(stderr), isForced: true),
        "lines" => new LineProgress(stderr),
        "json" => new JsonProgress(stderr),
        "none" => new NoProgress(),
        "auto" => Console.IsErrorRedirected || !ReferenceEquals(Terminal(stderr), Console.Error) ? new LineProgress(stderr) : new BarProgress(Terminal(stderr), isForced: false),
        _ => throw new UsageException($"--progress '{mode}' is not known. Use one of {string.Join(", ", Modes)}."),
    };

    /// <summary>Runs <paramref name="work"/> with the display around it.</summary>
    public virtual T Show<T>(Func<T> work) => work();

    /// <summary>A stage begins.</summary>
    /// <param name="stage">What is done.</param>
    /// <param name="total">Parts that there will be; 0 where that is not known yet or there is only one.</param>
    public abstract void Begin(string stage, int total = 0);

    /// <summary>A part of the stage is done; any thread.</summary>
    public abstract void Report(int done, int total, string? item = null);

    /// <summary>The stage is done.</summary>
    public abstract void End();

    // Bars draw by control characters of their own, and show no names.
    private static TextWriter Terminal(TextWriter stderr) => stderr is VisibleWriter { Inner: var inner } ? inner : stderr;
}
