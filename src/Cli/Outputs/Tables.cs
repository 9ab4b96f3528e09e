using CAManim.Native.Kernels.Texts;
using Spectre.Console;

namespace CAManim.Native.Cli.Outputs;

/// <summary>Tables for people.</summary>
internal static class Tables
{
    // Where no terminal says how wide it is.
    private const int WidthOfFiles = 140;

    /// <summary>Writes tables as wide as the terminal, or as a file may be; without colours, so that nothing in a cell controls the terminal.</summary>
    public static IAnsiConsole Open(TextWriter output)
    {
        bool isTerminal = !Console.IsOutputRedirected && output is VisibleWriter { Inner: var inner } && ReferenceEquals(inner, Console.Out);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : WidthOfFiles;
        return console;
    }

    /// <summary>A stranger's text as one line of a cell.</summary>
    public static string Cell(string text) => Markup.Escape(VisibleText.Line(text));
}
