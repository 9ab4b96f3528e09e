using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>A run: what can be refused is refused first, what takes long comes last, and the outputs appear together.</summary>
internal static class Runner
{
    public static RunOutcome Run(RunRequest request, RunProgress progress, Termination termination)
    {
        StageClock clock = new(progress);
        using LoadedModel model = clock.Time("model", () => Usage.Check(() => ModelZoo.Create(request.Model)));
        CamOptions options = request.Cam with { Target = TargetParser.Parse(request.Target, model.ClassNames) };
        using OutputSet outputs = new();
        termination.OnAbort(outputs.Dispose);
        try
        {
            return Run(request, model, options, outputs, clock, termination.Token);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && outputs.InWordsOfTargets(error.Message) != error.Message)
        {
            throw new IOException(outputs.InWordsOfTargets(error.Message), error);
        }
        finally
        {
            termination.OnAbort(null);
        }
    }

    private static RunOutcome Run(RunRequest request, LoadedModel model, CamOptions options, OutputSet outputs, StageClock clock, CancellationToken cancellation)
    {
        Destinations places = Destinations.Prepare(request, outputs);
        if (places.Video is not null)
        {
            // Loads libav while the network works; whatever goes wrong, the video will say.
            _ = CamVideo.PrepareAsync(places.Video);
        }

        Func<LoadedModel, ModelInput> source = clock.Time("input", () => InputReader.Open(request.Input));
        clock.Time("weights", () => Weights.Load(model, request.Weights, request.IsOffline, clock.Progress, cancellation));
        ModelInput input = source(model);
        cancellation.ThrowIfCancellationRequested();
        CamResult result = clock.Time("maps", () => Maps(model, input, options, clock.Progress, cancellation));
        if (result.Frames.Count == 0)
        {
            throw EmptySelection.Explain(request.Layers, result, model);
        }

        YbRoadResult? road = request.Road is null ? null : clock.Time("road", () => Road(model, input, result, request.Road, clock.Progress, cancellation));
        result = road?.WithRoad(result) ?? result;
        int best = places.BestLayer is null ? 0 : RunPictures.BestLayer(result, road!);
        RunPictures pictures = new(request, model, input, result, places);
        VideoSummary? video = places.Video is null ? null : clock.Time("video", () => pictures.WriteVideo(places.Video, clock.Progress, cancellation));
        pictures.WriteStills(best);
        if (places.Maps is not null)
        {
            clock.Time("maps file", () => MapsFile.Write(places.Maps, request, model, result));
        }

        cancellation.ThrowIfCancellationRequested();
        RunReport report = RunReports.Make(request, model, input, result, road, video, clock);
        string json = JsonText.Pretty(report);
        if (places.Json is not null)
        {
            File.WriteAllText(places.Json, json + "\n");
        }

        outputs.Commit();
        return new RunOutcome(report, json);
    }

    private static CamResult Maps(LoadedModel model, ModelInput input, CamOptions options, RunProgress progress, CancellationToken cancellation)
    {
        using Tensor tensor = input.ToTensor();
        return new CamEngine(model.Module).Run(tensor, options, new Relay<CamProgress>(p => progress.Report(p.Done, p.Total, p.Layer)), cancellation);
    }

    private static YbRoadResult Road(LoadedModel model, ModelInput input, CamResult maps, RoadOptions options, RunProgress progress, CancellationToken cancellation)
    {
        using Tensor tensor = input.ToTensor();
        return YbRoad.Score(model.Module, tensor, maps, options, new Relay<RoadProgress>(p => progress.Report(p.Done, p.Total, p.Layer.Name)), cancellation);
    }
}
