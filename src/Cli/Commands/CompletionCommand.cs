using System.CommandLine;
using CAManim.Native.Cli.Options;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>completion</c>: scripts by which a shell completes commands and options; the tool itself is asked what there is.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # source <(camanim completion bash)
        _camanim() {
          local IFS=$'\n'
          COMPREPLY=( $(compgen -W "$(camanim "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _camanim camanim
        """;

    private const string Zsh = """
        # source <(camanim completion zsh)
        _camanim() {
          local -a found
          found=("${(@f)$(camanim "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found
          _files
        }
        compdef _camanim camanim
        """;

    private const string Fish = """
        # camanim completion fish | source
        complete -c camanim -a '(camanim "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
        """;

    public static Command Create(CommandContext context)
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command command = new("completion", "Prints a script that completes commands and options in a shell.");
        command.Add(shell);
        ExampleHelp.Add(command, "source <(camanim completion bash)", "camanim completion fish | source");
        command.SetAction(parsed => context.Output.WriteLine(parsed.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }
}
