using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Cli.Running;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>ybroad</c>: a score for every layer, without a video.</summary>
internal static class YbRoadCommand
{
    private const string Description = "Scores the map of every layer by ROAD: what becomes of the class when the pixels that the map calls relevant are taken away, against those that it does not. Prints mean, highest and final layer's score of each target (docs/ybroad.md).";

    public static Command Create(CommandContext context)
    {
        ModelOptions model = new();
        DeviceOption device = new();
        InputOptions input = new(positional: "A picture, as --image.");
        CamOptionGroup cam = new(hasPrecision: false);
        Option<string?> methods = new("--methods") { Description = "Several methods, separated by commas, or all, instead of --method: a series of each for each target.", HelpName = "NAME,...|all" };
        RoadOptionGroup road = new(isAlways: true);
        Option<int> smooth = new("--smooth") { Description = "In plot and JSON: mean over this many layers, odd; 1 for none.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<bool> baselines = new("--baselines") { Description = "Also score RandomCAM, white noise and blurred noise: what maps get that know nothing." };
        Option<bool> curves = new("--curves") { Description = "Also score insertion and deletion curves of every layer." };
        Option<bool> drops = new("--drops") { Description = "Also score average drop, increase in confidence and ADCC of every layer." };
        Option<string?> resume = new("--resume") { Description = "Keep every finished layer in this file, and go on from it where a run was stopped; removed when the run is done.", HelpName = "FILE" };
        Option<string?> json = new("--json") { Description = "Also write the scores (docs/cli.md); - prints them instead of the table.", HelpName = "FILE.json" };
        Option<string?> csv = new("--csv") { Description = "Also write a line a layer.", HelpName = "FILE.csv" };
        Option<string?> plot = new("--plot") { Description = "Also draw the scores over depth.", HelpName = "FILE.png|FILE.svg" };
        Option<bool> panels = new("--panels") { Description = "With --plot: a panel for each series, one above another." };
        Option<string?> parameters = new("--parameters") { Description = "Also draw the parameters of every layer on a logarithmic axis.", HelpName = "FILE.png|FILE.svg" };
        Option<string> progress = Choice.Option("--progress", "On standard error: a bar, lines for logs, JSON lines for programs; auto: a bar on a terminal, lines elsewhere.", "auto", RunProgress.Modes);
        Command command = new("ybroad", Description);
        model.AddTo(command);
        device.AddTo(command);
        input.AddTo(command);
        cam.AddTo(command);
        command.Add(methods);
        road.AddTo(command);
        foreach (Option option in (Option[])[smooth, baselines, curves, drops, resume, json, csv, plot, panels, parameters, progress])
        {
            command.Add(option);
        }

        ExampleHelp.Add(
            command,
            "camanim ybroad --model resnet18 --weights resnet18.pth --image dog.jpg --plot scores.svg",
            "camanim ybroad --model cifar10_resnet20 --weights cifar10_resnet20.th --image both.png --target dog --target cat --trials 11 --smooth 5 --baselines --json -",
            "camanim ybroad --model resnet50 --weights default --image dog.jpg --methods GradCAM,LayerCAM --plot scores.png --panels --resume scores.part");
        command.SetAction(parsed =>
        {
            IReadOnlyList<CamMethod> scored = Methods(parsed.GetValue(methods), cam.Method(parsed), cam.IsMethodGiven(parsed));
            CamOptions options = cam.Read(parsed, scored);
            YbRoadRequest request = new()
            {
                Network = model.Read(parsed, context.Error),
                Input = input.ReadOne(parsed),
                Device = device.Read(parsed),
                Targets = cam.Targets(parsed),
                Methods = scored,
                Cam = options,
                Layers = cam.Layers(parsed),
                Road = road.Read(parsed, options.Seed)!,
                Smooth = Smooth(parsed.GetValue(smooth)),
                WithBaselines = parsed.GetValue(baselines),
                WithCurves = parsed.GetValue(curves),
                WithDrops = parsed.GetValue(drops),
                Resume = parsed.GetValue(resume),
                Json = parsed.GetValue(json),
                Csv = parsed.GetValue(csv),
                Plot = Plot("--plot", parsed.GetValue(plot)),
                HasPanels = Panels(parsed.GetValue(panels), parsed.GetValue(plot)),
                Parameters = Plot("--parameters", parsed.GetValue(parameters)),
                Warn = context.Warn,
            };
            OutputChecks.Json(request.Json);
            OutputChecks.Csv("--csv", request.Csv);
            RunProgress shown = RunProgress.Create(parsed.GetValue(progress)!, context.Error);
            YbRoadOutcome outcome = StagedRun.Do(context.Termination, outputs => Run(request, shown, outputs, context));
            if (request.Json == "-")
            {
                context.Output.WriteLine(YbRoadJson.Write(request, outcome));
                return;
            }

            YbRoadOutputs.Print(context.Output, request, outcome);
        });
        return command;
    }

    private static YbRoadOutcome Run(YbRoadRequest request, RunProgress progress, OutputSet outputs, CommandContext context)
    {
        string? jsonFile = request.Json is null or "-" ? null : outputs.AddFile(request.Json);
        string? csv = request.Csv is null ? null : outputs.AddFile(request.Csv);
        string? plot = request.Plot is null ? null : outputs.AddFile(request.Plot);
        string? parameters = request.Parameters is null ? null : outputs.AddFile(request.Parameters);
        YbRoadOutcome outcome = progress.Show(() => YbRoadRunner.Run(request, progress, context.Cancellation));
        if (jsonFile is not null)
        {
            File.WriteAllText(jsonFile, YbRoadJson.Write(request, outcome) + "\n");
        }

        if (csv is not null)
        {
            YbRoadCsv.Write(csv, outcome.Series);
        }

        if (plot is not null)
        {
            YbRoadPlots.WriteScores(plot, request, outcome);
        }

        if (parameters is not null)
        {
            YbRoadPlots.WriteParameters(parameters, outcome);
        }

        context.Cancellation.ThrowIfCancellationRequested();
        outputs.Commit();
        if (request.Resume is not null)
        {
            File.Delete(request.Resume);
        }

        return outcome;
    }

    /// <exception cref="UsageException">The window has no middle.</exception>
    internal static int Smooth(int window) => window >= 1 && window % 2 == 1
        ? window
        : throw new UsageException($"--smooth {window} is no window around a layer. Give an odd number of 1 or more, for instance 5.");

    private static IReadOnlyList<CamMethod> Methods(string? text, CamMethod one, bool isOneGiven)
    {
        if (text is null)
        {
            return [one];
        }

        return isOneGiven
            ? throw new UsageException("Both --method and --methods were given. Give one of them.")
            : MethodList.Parse(text);
    }

    private static bool Panels(bool isAsked, string? plot) => isAsked && plot is null
        ? throw new UsageException("--panels is about the plot, which was not asked for. Give --plot FILE.png too.")
        : isAsked;

    /// <exception cref="UsageException">The ending is not that of a plot.</exception>
    internal static string? Plot(string option, string? path) => path is null || SeriesPlot.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        ? path
        : throw new UsageException($"{option} '{path}' does not end like a plot. Use {string.Join(" or ", SeriesPlot.Extensions)}.");
}
