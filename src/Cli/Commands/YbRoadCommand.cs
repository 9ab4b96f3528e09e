using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Cli.Running;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Engine;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>ybroad</c>: a score for every layer, without a video.</summary>
internal static class YbRoadCommand
{
    private const string Description = "Scores the map of every layer by ROAD: what becomes of the class when the pixels that the map calls relevant are taken away, against those that it does not. Prints mean, highest and final layer's score of each target (docs/ybroad.md).";

    public static Command Create(CommandContext context)
    {
        ModelOptions model = new();
        DeviceOption device = new();
        InputOptions input = new();
        CamOptionGroup cam = new();
        RoadOptionGroup road = new(isAlways: true);
        Option<int> smooth = new("--smooth") { Description = "In plot and JSON: mean over this many layers, odd; 1 for none.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<bool> baselines = new("--baselines") { Description = "Also score RandomCAM, white noise and blurred noise: what maps get that know nothing." };
        Option<string?> json = new("--json") { Description = "Also write the scores (docs/cli.md); - prints them instead of the table.", HelpName = "FILE.json" };
        Option<string?> csv = new("--csv") { Description = "Also write a line a layer.", HelpName = "FILE.csv" };
        Option<string?> plot = new("--plot") { Description = "Also draw the scores over depth.", HelpName = "FILE.png|FILE.svg" };
        Option<string> progress = Choice.Option("--progress", "On standard error: a bar, lines for logs, JSON lines for programs; auto: a bar on a terminal, lines elsewhere.", "auto", RunProgress.Modes);
        Command command = new("ybroad", Description);
        model.AddTo(command);
        device.AddTo(command);
        input.AddTo(command);
        cam.AddTo(command);
        road.AddTo(command);
        foreach (Option option in (Option[])[smooth, baselines, json, csv, plot, progress])
        {
            command.Add(option);
        }

        ExampleHelp.Add(
            command,
            "camanim ybroad --model resnet18 --weights resnet18.pth --image dog.jpg --plot scores.svg",
            "camanim ybroad --model cifar10_resnet20 --weights cifar10_resnet20.th --image both.png --target dog --target cat --trials 11 --smooth 5 --baselines --json -");
        command.SetAction(parsed =>
        {
            CamOptions options = cam.Read(parsed);
            YbRoadRequest request = new()
            {
                Model = model.Model(parsed),
                Weights = model.Weights(parsed)!,
                IsOffline = model.IsOffline(parsed),
                Input = input.Read(parsed),
                Device = device.Read(parsed),
                Targets = cam.Targets(parsed),
                Cam = options,
                Layers = cam.Layers(parsed),
                Road = road.Read(parsed, options.Seed)!,
                Smooth = Smooth(parsed.GetValue(smooth)),
                WithBaselines = parsed.GetValue(baselines),
                Json = parsed.GetValue(json),
                Csv = parsed.GetValue(csv),
                Plot = Plot(parsed.GetValue(plot)),
            };
            Run(request, RunProgress.Create(parsed.GetValue(progress)!, context.Error), context);
        });
        return command;
    }

    private static void Run(YbRoadRequest request, RunProgress progress, CommandContext context)
    {
        using OutputSet outputs = new();
        context.Termination.OnAbort(outputs.Dispose);
        try
        {
            string? jsonFile = request.Json is null or "-" ? null : outputs.AddFile(request.Json);
            string? csv = request.Csv is null ? null : outputs.AddFile(request.Csv);
            string? plot = request.Plot is null ? null : outputs.AddFile(request.Plot);
            YbRoadOutcome outcome = progress.Show(() => YbRoadRunner.Run(request, progress, context.Cancellation));
            string json = request.Json is null ? "" : YbRoadJson.Write(request, outcome);
            if (jsonFile is not null)
            {
                File.WriteAllText(jsonFile, json + "\n");
            }

            if (csv is not null)
            {
                YbRoadOutputs.WriteCsv(csv, outcome.Series);
            }

            if (plot is not null)
            {
                YbRoadOutputs.WritePlot(plot, request, outcome);
            }

            context.Cancellation.ThrowIfCancellationRequested();
            outputs.Commit();
            if (request.Json == "-")
            {
                context.Output.WriteLine(json);
                return;
            }

            YbRoadOutputs.Print(context.Output, request, outcome);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && outputs.InWordsOfTargets(error.Message) != error.Message)
        {
            throw new IOException(outputs.InWordsOfTargets(error.Message), error);
        }
        finally
        {
            context.Termination.OnAbort(null);
        }
    }

    private static int Smooth(int window) => window >= 1 && window % 2 == 1
        ? window
        : throw new UsageException($"--smooth {window} is no window around a layer. Give an odd number of 1 or more, for instance 5.");

    private static string? Plot(string? path) => path is null || SeriesPlot.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        ? path
        : throw new UsageException($"--plot '{path}' does not end like a plot. Use {string.Join(" or ", SeriesPlot.Extensions)}.");
}
