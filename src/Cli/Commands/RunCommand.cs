using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Cli.Running;
using CAManim.Native.Engine;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>run</c>: from a picture to a video.</summary>
internal static class RunCommand
{
    private const string Description = "Computes the class activation maps of all layers and writes them as a video. Every output appears whole or not at all: if the run fails or is stopped none is left, and files that exist are replaced only when it is done.";

    public static Command Create(CommandContext context)
    {
        ModelOptions model = new();
        DeviceOption device = new();
        InputOptions input = new(isShown: true, positional: "Pictures, or folders of them, as --image; several need folders or names with {name} for the outputs. The network is loaded once.");
        CamOptionGroup cam = new();
        RoadOptionGroup road = new();
        VideoOptionGroup video = new();
        Option<string?> output = new("--output", "-o") { Description = "The video; its ending says which kind: .mp4 (H.264), .webm (VP9), .gif, .mkv (FFV1, lossless); or, of one layer (--layers NAME), .png: its map over the picture at the picture's size. Not needed with --maps or --json.", HelpName = "FILE" };
        Option<string?> maps = new("--maps") { Description = "Also write the maps at the layers' own resolution; the keys are the frames' names.", HelpName = "FILE.safetensors" };
        Option<bool> signed = new("--signed") { Description = "With --maps: write them before ReLU." };
        Option<string?> json = new("--json") { Description = "Also write a report (docs/cli.md); - prints it instead of the summary.", HelpName = "FILE.json" };
        Option<string?> frames = new("--frames") { Description = "With --output: also write every frame as a PNG.", HelpName = "DIR" };
        Option<string?> best = new("--best-layer") { Description = "With --road: also write the frame of the layer with the highest score.", HelpName = "FILE.png" };
        Option<string?> sheet = new("--contact-sheet") { Description = "Also write all maps, small, on one picture.", HelpName = "FILE.png" };
        Option<string?> fuse = new("--fuse") { Description = "Also make one map of those of all layers, each resized to the input and scaled to 0..1: their mean, at each pixel the largest, or the mean weighted by their ROAD scores (--road).", HelpName = "mean|max|weighted" };
        Option<string?> fused = new("--fused") { Description = "Where the map of --fuse goes: a picture or the numbers.", HelpName = "FILE.png|FILE.safetensors" };
        Option<string?> heatmap = new("--heatmap") { Description = "Of one layer (--layers NAME): its map alone at the picture's size, the more transparent the lower.", HelpName = "FILE.png" };
        Option<string?> report = new("--report") { Description = "Also write a page to scrub through the layers: one file that any browser opens from disk.", HelpName = "FILE.html" };
        Option<string> panel = Choice.Option("--panel", "Another panel beside the maps: guided, guided backpropagation (networks with ReLU).", "none", "none", "guided");
        Option<string> progress = Choice.Option("--progress", "On standard error: a bar, lines for logs, JSON lines for programs; auto: a bar on a terminal, lines elsewhere.", "auto", RunProgress.Modes);
        Command command = new("run", Description);
        model.AddTo(command);
        device.AddTo(command);
        input.AddTo(command);
        cam.AddTo(command);
        road.AddTo(command);
        foreach (Option option in (Option[])[output, maps, signed, json, frames, best, sheet, fuse, fused, heatmap, report])
        {
            command.Add(option);
        }

        video.AddTo(command);
        command.Add(panel);
        command.Add(progress);
        ExampleHelp.Add(
            command,
            "camanim run --model cifar10_resnet20 --weights cifar10_resnet20.th --image dog.png --target dog --output dog.mp4",
            "camanim run --model resnet50 --weights resnet50.pth --image dog.jpg --method LayerCAM --layers 'layer4.*' --norm local --output dog.gif",
            "camanim run --model resnet18 --weights resnet18.pth --image both.jpg --target tabby --target beagle --output both.mp4",
            "camanim run --model resnet18 --weights resnet18.pth --image dog.jpg --road --output dog.mp4 --best-layer best.png",
            "camanim run --model resnet18 --weights resnet18.pth --image dog.jpg --layers layer4 --output map.png --heatmap heat.png",
            "camanim run dog.jpg pictures/ --model resnet18 --weights resnet18.pth --output out/ --report out/",
            "camanim run --model resnet18 --weights rule:camanim --input-tensor inputs.safetensors:both_224 --maps maps.safetensors --json -");
        command.SetAction(parsed =>
        {
            IReadOnlyList<InputRequest> inputs = input.ReadEach(parsed);
            CamOptions options = cam.Read(parsed);
            RunRequest request = new()
            {
                Network = model.Read(parsed, context.Error),
                Device = device.Read(parsed),
                Input = inputs[0],
                Targets = cam.Targets(parsed),
                Layers = cam.Layers(parsed),
                Cam = options,
                Road = road.Read(parsed, options.Seed),
                Video = video.Read(parsed),
                IsGuided = parsed.GetValue(panel)!.Equals("guided", StringComparison.OrdinalIgnoreCase),
                Output = parsed.GetValue(output),
                Maps = parsed.GetValue(maps),
                IsSigned = parsed.GetValue(signed),
                Json = parsed.GetValue(json),
                Frames = parsed.GetValue(frames),
                BestLayer = parsed.GetValue(best),
                ContactSheet = parsed.GetValue(sheet),
                Fuse = FusionChoice.Read(parsed.GetValue(fuse), parsed.GetValue(fused), road.Read(parsed, options.Seed) is not null),
                Fused = parsed.GetValue(fused),
                Report = parsed.GetValue(report),
                Heatmap = parsed.GetValue(heatmap),
                Warn = context.Warn,
            };
            if (input.IsNamed(parsed) && Written(request).All(w => w is null))
            {
                request = request with { Output = $"{PictureFiles.Name}.mp4" };
            }

            IReadOnlyList<RunRequest> requests = Each(request, inputs);
            foreach (RunRequest one in requests)
            {
                Check(one);
            }

            foreach (string folder in Written(request).OfType<string>().Where(Path.EndsInDirectorySeparator))
            {
                Directory.CreateDirectory(folder);
            }

            // Bars are for one run.
            string mode = parsed.GetValue(progress)!;
            RunProgress shown = RunProgress.Create(requests.Count > 1 && mode.Equals("auto", StringComparison.OrdinalIgnoreCase) ? "lines" : mode, context.Error);
            if (requests.Count > 1)
            {
                return RunEach(requests, shown, context);
            }

            Run(requests[0], shown, context);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Runs and prints what was made.</summary>
    public static void Run(RunRequest request, RunProgress progress, CommandContext context)
    {
        RunOutcome outcome = progress.Show(() => Runner.Run(request, progress, context.Termination));
        if (outcome.Note is not null)
        {
            context.Error.WriteLine(outcome.Note);
        }

        context.Output.WriteLine(request.Json == "-" ? outcome.Json : outcome.Summary());
    }

    private static string?[] Written(RunRequest request) =>
        [request.Output, request.Maps, request.Json, request.BestLayer, request.ContactSheet, request.Fused, request.Report, request.Heatmap];

    // One set of outputs a picture, called after it.
    private static IReadOnlyList<RunRequest> Each(RunRequest request, IReadOnlyList<InputRequest> inputs)
    {
        if (request.Input.Image is null)
        {
            return [request];
        }

        IReadOnlyList<string> names = PictureFiles.Names([.. inputs.Select(i => i.Image!)]);
        return [.. inputs.Zip(names, (input, name) => request with
        {
            Input = input,
            Output = Place("--output", request.Output, ".mp4", name),
            Maps = Place("--maps", request.Maps, ".safetensors", name),
            Json = Place("--json", request.Json, ".json", name),
            Frames = Place("--frames", request.Frames, "-frames", name),
            BestLayer = Place("--best-layer", request.BestLayer, "-best.png", name),
            ContactSheet = Place("--contact-sheet", request.ContactSheet, "-sheet.png", name),
            Fused = Place("--fused", request.Fused, "-fused.png", name),
            Heatmap = Place("--heatmap", request.Heatmap, "-heatmap.png", name),
            Report = Place("--report", request.Report, ".html", name),
        })];

        string? Place(string option, string? asked, string ending, string name) => PictureFiles.Place(option, asked, ending, name, inputs.Count == 1);
    }

    // A picture that fails ends its own run; the others go on.
    private static int RunEach(IReadOnlyList<RunRequest> requests, RunProgress progress, CommandContext context)
    {
        int code = ExitCodes.Success;
        progress.Show(() =>
        {
            Runner.RunEach(requests, progress, context.Termination, (request, run) =>
            {
                try
                {
                    RunOutcome outcome = run();
                    context.Output.WriteLine(request.Json == "-" ? outcome.Json : $"{request.Input.Image}\n{outcome.Summary()}\n");
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    context.Error.WriteLine($"{request.Input.Image}:");
                    code = ErrorReport.Write(error, context.Error);
                }
            });
            return true;
        });
        return code;
    }

    private static void Check(RunRequest request)
    {
        string?[] written = Written(request);
        if (written.All(w => w is null))
        {
            throw new UsageException("Nothing was asked for. Give --output FILE.mp4 for a video, --report FILE.html for a page, --maps FILE.safetensors for the maps or --json FILE for a report.");
        }

        if (!request.IsPicture)
        {
            OutputChecks.Video(request.Output, request.Video.FramesPerSecond);
        }

        OutputChecks.Frames(request.Frames, request.IsPicture ? null : request.Output);
        OutputChecks.Picture("--heatmap", request.Heatmap);
        if (request.IsGuided && (request.IsPicture || (request.Output ?? request.BestLayer) is null))
        {
            throw new UsageException("--panel guided is about the frames of the video and of --best-layer. Give --output FILE.mp4 too.");
        }

        if (request.IsSigned && request.Maps is null)
        {
            throw new UsageException("--signed is about the maps that --maps writes. Give --maps FILE.safetensors too.");
        }

        if (request.BestLayer is not null && request.Road is null)
        {
            throw new UsageException("--best-layer is the layer with the highest ROAD score. Give --road too.");
        }

        OutputChecks.Maps("--maps", request.Maps);
        OutputChecks.Json(request.Json);
        OutputChecks.Page("--report", request.Report);
        OutputChecks.Picture("--best-layer", request.BestLayer);
        OutputChecks.Picture("--contact-sheet", request.ContactSheet);
        OutputChecks.NotRead([request.Weights, request.Input.File], written);
    }
}
