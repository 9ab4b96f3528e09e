using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Cli.Running;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>evaluate</c>: do the maps point at the right thing?</summary>
internal static class EvaluateCommand
{
    private const string Description = "Draws scenes whose objects are known and measures, for each method and layer, the share of maps whose maximum lies on the object they explain (pointing game) and the share of their energy that lies there. RandomCAM is the baseline. The same command gives the same numbers.";

    public static Command Create(CommandContext context)
    {
        Option<string> model = new("--model", "-m") { Description = "Network with scenes of its own: demo_scenes or demo_phantom.", HelpName = "NAME", DefaultValueFactory = _ => DemoNetworks.Scenes };
        Option<string> weights = new("--weights", "-w") { Description = "Weights for it; default: those that come with the tool.", HelpName = "FILE|default", DefaultValueFactory = _ => "default" };
        DeviceOption device = new();
        Option<int> scenes = new("--scenes") { Description = "Number of scenes.", HelpName = "N", DefaultValueFactory = _ => 100 };
        Option<uint> seed = new("--seed") { Description = "Seed of the scenes and of RandomCAM; none was trained on.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string> methods = new("--methods") { Description = "Methods, separated by commas ('camanim methods' lists them), or all. RandomCAM is always there.", HelpName = "NAME,...|all", DefaultValueFactory = _ => "GradCAM,HiResCAM,LayerCAM" };
        Option<int?> objects = new("--objects") { Description = "Objects of different classes in a scene, 1 to 3; each is explained. Standard: 2, in a phantom 1.", HelpName = "N" };
        Option<bool> byRoad = new("--by-road") { Description = "Also score every layer by ROAD (docs/ybroad.md), object by object, and compare the layer with the highest score with the final one. Takes minutes." };
        Option<string?> csv = new("--csv") { Description = "Also write the scores of every method and layer.", HelpName = "FILE.csv" };
        Option<string?> roadCsv = new("--road-csv") { Description = "With --by-road: also write a line a method and object.", HelpName = "FILE.csv" };
        Option<string?> plot = new("--plot") { Description = "Also draw the share of hits over depth.", HelpName = "FILE.png|FILE.svg" };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Option<string> progress = Choice.Option("--progress", "On standard error: a bar, lines for logs, JSON lines for programs; auto: a bar on a terminal, lines elsewhere.", "auto", RunProgress.Modes);
        Command command = new("evaluate", Description);
        foreach (Option option in (Option[])[model, weights, scenes, seed, methods, objects, byRoad, csv, roadCsv, plot, json, progress])
        {
            command.Add(option);
        }

        device.AddTo(command);
        ExampleHelp.Add(
            command,
            "camanim evaluate --scenes 200 --seed 7",
            "camanim evaluate --scenes 200 --seed 7 --methods GradCAM --by-road --road-csv choices.csv",
            "camanim evaluate --model demo_phantom --methods all --csv scores.csv --plot scores.svg");
        command.SetAction(parsed =>
        {
            EvaluateRequest request = new()
            {
                Device = device.Read(parsed),
                Model = parsed.GetValue(model)!,
                Weights = parsed.GetValue(weights)!,
                Scenes = Scenes(parsed.GetValue(scenes)),
                Seed = parsed.GetValue(seed),
                Methods = Methods(parsed.GetValue(methods)!),
                Objects = EvaluateScenes.Objects(parsed.GetValue(model)!, parsed.GetValue(objects)),
                ByRoad = parsed.GetValue(byRoad),
                Csv = parsed.GetValue(csv),
                RoadCsv = RoadCsv(parsed.GetValue(roadCsv), parsed.GetValue(byRoad)),
                Plot = Plot(parsed.GetValue(plot)),
            };
            RunProgress shown = RunProgress.Create(parsed.GetValue(progress)!, context.Error);
            IReadOnlyList<EvaluateOutcome> outcomes = StagedRun.Do(context.Termination, outputs => Run(request, shown, outputs, context));
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(JsonText.Pretty(EvaluateOutputs.Report(request, outcomes)));
                return;
            }

            EvaluateOutputs.Print(context.Output, request, outcomes);
        });
        return command;
    }

    private static IReadOnlyList<EvaluateOutcome> Run(EvaluateRequest request, RunProgress progress, OutputSet outputs, CommandContext context)
    {
        string? csv = request.Csv is null ? null : outputs.AddFile(request.Csv);
        string? plot = request.Plot is null ? null : outputs.AddFile(request.Plot);
        string? roadCsv = request.RoadCsv is null ? null : outputs.AddFile(request.RoadCsv);
        IReadOnlyList<EvaluateOutcome> outcomes = progress.Show(() => Evaluator.Run(request, progress, context.Cancellation));
        if (csv is not null)
        {
            EvaluateOutputs.WriteCsv(csv, outcomes);
        }

        if (roadCsv is not null)
        {
            EvaluateOutputs.WriteRoadCsv(roadCsv, outcomes);
        }

        if (plot is not null)
        {
            EvaluateOutputs.WritePlot(plot, request, outcomes);
        }

        context.Cancellation.ThrowIfCancellationRequested();
        outputs.Commit();
        return outcomes;
    }

    private static int Scenes(int count) => count is >= 1 and <= EvaluateScenes.MostScenes
        ? count
        : throw new UsageException($"--scenes {count} is out of range. Give 1 to {EvaluateScenes.MostScenes}.");

    private static IReadOnlyList<CamMethod> Methods(string text) =>
        [.. MethodList.Parse(text).Where(m => m != CamMethod.RandomCAM), CamMethod.RandomCAM];

    private static string? RoadCsv(string? path, bool byRoad) => path is null || byRoad
        ? path
        : throw new UsageException("--road-csv is about the layer that ROAD chooses, which was not asked for. Give --by-road too.");

    private static string? Plot(string? path) => path is null || SeriesPlot.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        ? path
        : throw new UsageException($"--plot '{path}' does not end like a plot. Use {string.Join(" or ", SeriesPlot.Extensions)}.");
}
