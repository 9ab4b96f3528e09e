using System.CommandLine;
using System.CommandLine.Parsing;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Options;

/// <summary>Words for a command line that could not be read.</summary>
internal static class ParseFailure
{
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] names = [.. command.Options.Where(o => !o.Hidden).SelectMany(o => o.Aliases.Prepend(o.Name)), .. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];
        string help = command is RootCommand ? "'camanim --help' lists all." : $"'camanim {command.Name} --help' lists all.";
        List<string> messages = [];

        // What follows an unknown option is most likely its value.
        bool hasOptions = parsed.UnmatchedTokens.Any(t => t.StartsWith('-'));
        foreach (string token in parsed.UnmatchedTokens.Where(t => !hasOptions || t.StartsWith('-')))
        {
            string kind = token.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            string of = command is RootCommand ? "camanim" : $"'camanim {command.Name}'";
            messages.Add($"{of} has no {kind} '{token}'.{NearestNames.Question(token, names)}");
        }

        if (messages.Count == 0)
        {
            messages.AddRange(parsed.Errors.Select(e => Plain(e.Message)).Distinct());
        }

        return $"{string.Join(' ', messages)} {help}";
    }

    // The parser speaks of .NET's types.
    private static string Plain(string message)
    {
        int type = message.IndexOf(" as expected type '", StringComparison.Ordinal);
        return type < 0 ? message : $"{message[..type]}: it is no number of the right kind.";
    }
}
