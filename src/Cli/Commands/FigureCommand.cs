using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Cli.Running;
using CAManim.Native.Engine;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>figure</c>: pictures for a paper.</summary>
internal static class FigureCommand
{
    private const string Description = "Draws a figure for a paper, on white, as PNG or SVG: strip (maps at percentiles of depth), norms (the same, each in its own range and all in one), failures (scores over depth of pictures that the network takes for what they are and for something else, with their maps).";

    private static readonly string[] Kinds = ["strip", "norms", "failures"];

    public static Command Create(CommandContext context)
    {
        Argument<string> kind = new("kind") { Description = "strip, norms or failures.", HelpName = string.Join('|', Kinds) };
        ModelOptions model = new();
        DeviceOption device = new();
        InputOptions input = new(isSeveral: true, isShown: true);
        CamOptionGroup cam = new();
        RoadOptionGroup road = new();
        Option<string[]> truths = new("--truth") { Description = "For failures: what each picture shows, in their order.", HelpName = "CLASS", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        Option<double> step = new("--step") { Description = "Percent of depth from panel to panel; 100 is the last layer.", HelpName = "PERCENT", DefaultValueFactory = _ => 10 };
        Option<int> smooth = new("--smooth") { Description = "For failures: mean over this many layers, odd; 1 for none.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int> panel = new("--panel") { Description = "Longer side of a panel in pixels, 16 to 2048.", HelpName = "N", DefaultValueFactory = _ => 224 };
        Option<int> dots = new("--dpi") { Description = "Pixels an inch, 48 to 1200.", HelpName = "N", DefaultValueFactory = _ => 300 };
        Option<string> output = new("--output", "-o") { Description = "The picture.", HelpName = "FILE.png|FILE.svg", Required = true };
        Option<string> progress = Choice.Option("--progress", "On standard error: a bar, lines for logs, JSON lines for programs; auto: a bar on a terminal, lines elsewhere.", "auto", RunProgress.Modes);
        Command command = new("figure", Description) { kind };
        model.AddTo(command);
        device.AddTo(command);
        input.AddTo(command);
        command.Add(truths);
        cam.AddTo(command);
        road.AddTo(command);
        foreach (Option option in (Option[])[step, smooth, panel, dots, output, progress])
        {
            command.Add(option);
        }

        ExampleHelp.Add(
            command,
            "camanim figure strip --model resnet50 --weights default --image dog.jpg --target 'golden retriever' --road --output strip.png",
            "camanim figure norms --model demo_scenes --weights default --image demo:ring-and-star --target star --output norms.svg",
            "camanim figure failures --model resnet18 --weights default --image dog.jpg --image wolf.jpg --truth 'golden retriever' --truth 'timber wolf' --output failures.png");
        command.SetAction(parsed =>
        {
            CamOptions options = cam.Read(parsed);
            FigureKind asked = Kind(parsed.GetValue(kind)!);
            FigureRequest request = new()
            {
                Kind = asked,
                Network = model.Read(parsed, context.Error),
                Inputs = input.ReadAll(parsed),
                Device = device.Read(parsed),
                Targets = cam.Targets(parsed),
                Truths = parsed.GetValue(truths)!,
                Cam = options,
                Layers = cam.Layers(parsed),
                Road = road.Read(parsed, options.Seed, isWanted: asked == FigureKind.Failures),
                Percentiles = Percentiles(parsed.GetValue(step)),
                Smooth = YbRoadCommand.Smooth(parsed.GetValue(smooth)),
                PanelSize = InRange("--panel", parsed.GetValue(panel), 16, 2048),
                DotsPerInch = InRange("--dpi", parsed.GetValue(dots), 48, 1200),
                Output = YbRoadCommand.Plot("--output", parsed.GetValue(output))!,
                Warn = context.Warn,
            };
            Check(request);
            RunProgress shown = RunProgress.Create(parsed.GetValue(progress)!, context.Error);
            int rows = StagedRun.Do(context.Termination, outputs => Run(request, shown, outputs, context));
            context.Output.WriteLine($"{request.Output}: {rows} {(rows == 1 ? "row" : "rows")} of {request.Percentiles.Count} layers, {request.DotsPerInch} pixels an inch");
        });
        return command;
    }

    /// <returns>Number of rows that were drawn.</returns>
    private static int Run(FigureRequest request, RunProgress progress, OutputSet outputs, CommandContext context)
    {
        string staged = outputs.AddFile(request.Output);
        IReadOnlyList<FigureCase> cases = progress.Show(() => FigureRunner.Run(request, progress, context.Cancellation));
        Usage.Check(() =>
        {
            FigureOutputs.Write(staged, request, cases);
            return true;
        });
        context.Cancellation.ThrowIfCancellationRequested();
        outputs.Commit();
        return cases.Count * (request.Kind == FigureKind.Norms ? 2 : 1);
    }

    private static void Check(FigureRequest request)
    {
        if (request.Kind == FigureKind.Failures && request.Truths.Count != request.Inputs.Count)
        {
            throw new UsageException($"failures needs to know what each picture shows: {request.Inputs.Count} were given, and --truth {request.Truths.Count} times. Give one for each, in their order.");
        }

        if (request.Kind != FigureKind.Failures && request.Truths.Count > 0)
        {
            throw new UsageException("--truth is for failures. Leave it out.");
        }
    }

    private static FigureKind Kind(string name) => Enum.TryParse(name, ignoreCase: true, out FigureKind kind) && Kinds.Contains(name, StringComparer.OrdinalIgnoreCase)
        ? kind
        : throw new UsageException($"There is no figure '{name}'. Use one of {string.Join(", ", Kinds)}.");

    private static double[] Percentiles(double step) => step is > 0 and <= 100
        ? [.. Enumerable.Range(0, (int)Math.Floor((100 / step) + 1e-9) + 1).Select(i => i * step)]
        : throw new UsageException($"--step {step} is out of range. Give above 0 and at most 100 percent, for instance 10.");

    private static int InRange(string option, int value, int least, int greatest) => value >= least && value <= greatest
        ? value
        : throw new UsageException($"{option} {value} is out of range. Give {least} to {greatest}.");
}
