using System.CommandLine;
using System.Globalization;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Cli.Running;
using CAManim.Native.Encoding;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>compare</c>: several methods and targets side by side.</summary>
internal static class CompareCommand
{
    private const string Description = "Computes the maps of several methods and targets from one forward and a backward a target, and shows them as a grid over depth (--grid) and as a video in which all are seen at once (--output). For pictures that the tool draws it says which share of each map lies on each object.";

    public static Command Create(CommandContext context)
    {
        ModelOptions model = new();
        InputOptions input = new(isShown: true, positional: "A picture, as --image.");
        CamOptionGroup cam = new(hasMethod: false);
        DeviceOption device = new();
        VideoOptionGroup video = new("local");
        Option<string> methods = new("--methods") { Description = "Methods, separated by commas ('camanim methods' lists them), or all. Default: those that come out of one forward and backward.", HelpName = "NAME,...|all" };
        Option<string> percentiles = new("--percentiles") { Description = "The grid's columns: layers at these percentiles of depth, 0 the first, 100 the last.", HelpName = "P,P,...", DefaultValueFactory = _ => "0,10,20,30,40,50,60,70,80,90,100" };
        Option<int> panel = new("--panel") { Description = "Longer side of the grid's panels in pixels, 16 to 2048.", HelpName = "N", DefaultValueFactory = _ => 128 };
        Option<string?> output = new("--output", "-o") { Description = "The video: .mp4 (H.264), .webm (VP9), .gif, .mkv (FFV1, lossless).", HelpName = "FILE" };
        Option<string?> grid = new("--grid") { Description = "The picture: a row a method and target, a column a percentile.", HelpName = "FILE.png" };
        Option<string?> json = new("--json") { Description = "Also write a report (docs/cli.md); - prints it instead of the summary.", HelpName = "FILE.json" };
        Option<string?> frames = new("--frames") { Description = "With --output: also write every frame as a PNG.", HelpName = "DIR" };
        Option<string> progress = Choice.Option("--progress", "On standard error: a bar, lines for logs, JSON lines for programs; auto: a bar on a terminal, lines elsewhere.", "auto", RunProgress.Modes);
        Command command = new("compare", Description);
        model.AddTo(command);
        input.AddTo(command);
        cam.AddTo(command);
        foreach (Option option in (Option[])[methods, percentiles, output, grid, panel, json, frames])
        {
            command.Add(option);
        }

        device.AddTo(command);
        video.AddTo(command);
        command.Add(progress);
        ExampleHelp.Add(
            command,
            "camanim compare --model resnet18 --weights resnet18.pth --image dog.jpg --grid grid.png --output mosaic.mp4",
            "camanim compare --model demo_scenes --weights default --image demo:ring-and-star --target star --target ring --methods GradCAM,EigenCAM --layers layer4 --percentiles 100 --grid failure.png");
        command.SetAction(parsed =>
        {
            IReadOnlyList<CamMethod> compared = parsed.GetValue(methods) is { } names ? MethodList.Parse(names) : [.. CamMethods.All.Where(m => m is { IsOfOnePass: true, IsForSomeLayers: false }).Select(m => m.Method)];
            CompareRequest request = new()
            {
                Network = model.Read(parsed, context.Error),
                Device = device.Read(parsed),
                Input = input.ReadOne(parsed),
                Targets = cam.Targets(parsed),
                Methods = compared,
                Percentiles = Percentiles(parsed.GetValue(percentiles)!),
                Cam = cam.Read(parsed, compared),
                Layers = cam.Layers(parsed),
                Video = video.Read(parsed),
                PanelSize = parsed.GetValue(panel) is >= 16 and <= 2048 and int size ? size : throw new UsageException($"--panel {parsed.GetValue(panel)} is out of range. Give 16 to 2048."),
                Output = parsed.GetValue(output),
                Grid = parsed.GetValue(grid),
                Json = parsed.GetValue(json),
                Frames = parsed.GetValue(frames),
                Warn = context.Warn,
            };
            Check(request);
            RunProgress shown = RunProgress.Create(parsed.GetValue(progress)!, context.Error);
            CompareReport report = shown.Show(() => CompareRunner.Run(request, shown, context.Termination));
            if (request.Json == "-")
            {
                context.Output.WriteLine(JsonText.Pretty(report));
                return;
            }

            CompareSummary.Print(context.Output, report);
        });
        return command;
    }

    private static void Check(CompareRequest request)
    {
        if (request is { Output: null, Grid: null, Json: null })
        {
            throw new UsageException("Nothing was asked for. Give --grid FILE.png for a picture, --output FILE.mp4 for a video or --json FILE for a report.");
        }

        OutputChecks.Video(request.Output, request.Video.FramesPerSecond);
        OutputChecks.Frames(request.Frames, request.Output);
        OutputChecks.Picture("--grid", request.Grid);
        OutputChecks.Json(request.Json);
        OutputChecks.NotRead([request.Weights, request.Input.File], [request.Output, request.Grid, request.Json]);
    }

    private static double[] Percentiles(string text)
    {
        List<double> values = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || value is not (>= 0 and <= 100))
            {
                throw new UsageException($"--percentiles '{text}' are no depths. Give numbers from 0 (the first layer) to 100 (the last), for instance 0,25,50,75,100.");
            }

            values.Add(value);
        }

        return [.. values];
    }
}
