using Spectre.Console;

namespace CAManim.Native.Cli.Outputs;

/// <summary>Tables for people.</summary>
internal static class Tables
{
    // Where no terminal says how wide it is.
    private const int WidthOfFiles = 140;

    /// <summary>Writes tables as wide as the terminal, or as a file may be.</summary>
    public static IAnsiConsole Open(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out))
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
