using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using CAManim.Native.Cli.Commands;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Running;

namespace CAManim.Native.Cli;

/// <summary>The command tree, and what happens around every command.</summary>
internal static class Application
{
    private const string Description = """
        Animates how a convolutional network arrives at its answer: class activation maps of every layer, as a video.

        Results go to standard output, progress and messages to standard error.
        Exit codes: 0 done; 1 the run failed, no output was left; 2 the command was not understood; 130, 143, 129 ended by Ctrl-C, SIGTERM, SIGHUP (temporary files are removed).
        CAMANIM_DEBUG=1 shows where an error came from, CAMANIM_LOG=debug what libtorch says; CAMANIM_CPU=auto, native or safe chooses its code (docs/processors.md); CAMANIM_CACHE, CAMANIM_LIBTORCH and CAMANIM_LIBAV name folders to use (see 'camanim doctor').
        """;

    private static readonly string[] Examples =
    [
        "camanim run --model cifar10_resnet20 --weights cifar10_resnet20.th --image dog.png --output dog.mp4",
        "camanim predict --model resnet18 --weights resnet18.pth --image dog.png --top 3",
        "camanim layers --model resnet50",
        "camanim doctor",
    ];

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter stdout, TextWriter stderr, Termination termination)
    {
        using VisibleWriter output = new(stdout);
        using VisibleWriter messages = new(stderr);
        (stdout, stderr) = (output, messages);
        CommandContext context = new(stdout, stderr, termination);
        RootCommand root = Build(context);
        try
        {
            ParseResult parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                throw new UsageException(ParseFailure.Describe(parsed));
            }

            int code = parsed.Invoke(new InvocationConfiguration
            {
                Output = stdout,
                Error = stderr,
                EnableDefaultExceptionHandler = false,

                // Signals are this program's own affair: see Termination.
                ProcessTerminationTimeout = null,
            });
            if (parsed.CommandResult.Command.Name != "doctor")
            {
                ProcessorNote.Write((parsed.GetResult("--progress") as OptionResult)?.GetValueOrDefault<string>(), stderr);
            }

            return code;
        }
        catch (OperationCanceledException)
        {
            stderr.WriteLine("camanim: Cancelled; no output was left.");
            return termination.ExitCode;
        }
        catch (Exception error)
        {
            return ErrorReport.Write(error, stderr);
        }
    }

    private static RootCommand Build(CommandContext context)
    {
        RootCommand root = new(Description);
        ExampleHelp.Install(root);
        ExampleHelp.Add(root, Examples);
        root.Add(RunCommand.Create(context));
        root.Add(CompareCommand.Create(context));
        root.Add(ReportCommand.Create(context));
        root.Add(YbRoadCommand.Create(context));
        root.Add(FigureCommand.Create(context));
        root.Add(PredictCommand.Create(context));
        root.Add(LayersCommand.Create(context));
        root.Add(ModelsCommand.Create(context));
        root.Add(MethodsCommand.Create(context));
        root.Add(DoctorCommand.Create(context));
        root.Add(DemoCommand.Create(context));
        root.Add(EvaluateCommand.Create(context));
        root.Add(LiveCommand.Create(context));
        root.Add(ServeCommand.Create(context));
        root.Add(CompletionCommand.Create(context));
        root.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return ExitCodes.Usage;
        });
        return root;
    }
}
