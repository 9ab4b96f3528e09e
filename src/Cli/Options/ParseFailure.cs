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
        if (command is RootCommand && parsed.UnmatchedTokens is [var first, ..] && !first.StartsWith('-'))
        {
            // The options behind it are another command's: they say nothing.
            return $"camanim has no command '{first}'.{NearestNames.Question(first, command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))} {help}";
        }

        // A command that takes any number of pictures takes a mistyped option for one.
        string[] unmatched = [.. parsed.UnmatchedTokens, .. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).Where(t => t.StartsWith('-'))];

        // What follows an unknown option is most likely its value.
        bool hasOptions = unmatched.Any(t => t.StartsWith('-'));
        foreach (string token in unmatched.Where(t => !hasOptions || t.StartsWith('-')))
        {
            string kind = token.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            string of = command is RootCommand ? "camanim" : $"'camanim {command.Name}'";
            messages.Add($"{of} has no {kind} '{token}'.{OtherSpelling(token, names) ?? NearestNames.Question(token, names)}");
        }

        if (messages.Count == 0)
        {
            messages.AddRange(parsed.Errors.Select(e => Plain(e.Message, command)).Distinct());
        }

        return $"{string.Join(' ', messages)} {help}";
    }

    // What other tools call it.
    private static string? OtherSpelling(string token, string[] names)
    {
        string? meant = token.Split('=')[0].ToLowerInvariant() switch
        {
            "--port" or "-p" => "--listen 127.0.0.1:PORT",
            "--host" or "--bind" or "--address" => "--listen ADDRESS:PORT",
            "--class" or "--category" or "--label" or "--class-idx" => "--target CLASS",
            "--cam" or "--cam-method" => "--method NAME",
            "--checkpoint" or "--ckpt" or "--state-dict" => "--weights FILE",
            "--arch" or "--network" => "--model NAME",
            "--input" or "--img" or "--picture" => "--image FILE",
            "--layer" or "--target-layer" or "--target-layers" => "--layers GLOB",
            "--out" or "--video" => "--output FILE",
            "--gpu" or "--cuda" or "--use-cuda" => "--device cuda",
            "--cmap" or "--colors" => "--colormap NAME",
            _ => null,
        };
        return meant is not null && names.Contains(meant.Split(' ')[0]) ? $" Here it is {meant}." : null;
    }

    // The parser speaks of .NET's types.
    private static string Plain(string message, Command command)
    {
        if (message.StartsWith("Required argument missing for command", StringComparison.Ordinal))
        {
            return $"'camanim {command.Name}' needs {string.Join(" and ", command.Arguments.Select(a => a.Name))}.";
        }

        int type = message.IndexOf(" as expected type '", StringComparison.Ordinal);
        return type < 0 ? message : $"{message[..type]}: it is no number of the right kind.";
    }
}
