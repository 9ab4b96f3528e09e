using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Guided;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using CAManim.Native.Report;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>A run: what can be refused is refused first, what takes long comes last, and the outputs appear together.</summary>
internal static class Runner
{
    public static RunOutcome Run(RunRequest request, RunProgress progress, Termination termination)
    {
        RunOutcome? outcome = null;
        RunEach([request], progress, termination, (_, run) => outcome = run());
        return outcome!;
    }

    /// <summary>Several pictures through one network, which is loaded once; each has outputs of its own.</summary>
    /// <param name="requests">One or more, alike but for inputs and outputs.</param>
    /// <param name="progress">Told of the stages.</param>
    /// <param name="termination">Ends all of them.</param>
    /// <param name="each">Given each request, in order, and what runs it.</param>
    public static void RunEach(IReadOnlyList<RunRequest> requests, RunProgress progress, Termination termination, Action<RunRequest, Func<RunOutcome>> each)
    {
        RunRequest request = requests[0];
        StageClock clock = new(progress);
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        using LoadedModel model = clock.Time("model", () => Networks.Create(request.Network));
        Target[] targets = [.. request.Targets.Select(t => TargetParser.Parse(t, model.ClassNames))];
        EmptySelection.Check(request.Layers, model);
        bool isLoaded = false;
        foreach (RunRequest one in requests)
        {
            StageClock own = ReferenceEquals(one, request) ? clock : new StageClock(progress);
            each(one, () => StagedRun.Do(termination, outputs => Run(one, device, model, targets, outputs, own, () => Load(own), termination.Token)));
        }

        void Load(StageClock own)
        {
            if (!isLoaded)
            {
                own.Time("weights", () => Networks.Load(model, request.Network, own.Progress, termination.Token));
                device.Place(model.Module);
                isLoaded = true;
            }
        }
    }

    private static RunOutcome Run(RunRequest request, ComputeDevice device, LoadedModel model, Target[] targets, OutputSet outputs, StageClock clock, Action load, CancellationToken cancellation)
    {
        Destinations places = Destinations.Prepare(request, outputs);
        if (places.Video is not null)
        {
            // Loads libav while the network works; whatever goes wrong, the video will say.
            _ = CamVideo.PrepareAsync(places.Video);
        }

        Func<LoadedModel, ModelInput> source = clock.Time("input", () => InputReader.Open(request.Input));
        load();
        ModelInput input = source(model);
        request.Warn(input.Picture?.Note);
        cancellation.ThrowIfCancellationRequested();
        LargeInput.Warn(input, model, device, request.Warn);
        TargetRun[] runs = clock.Time("maps", () => Maps(request, device, model, input, targets, clock.Progress, cancellation));
        if (runs.FirstOrDefault(r => r.Result.Frames.Count == 0) is { } empty)
        {
            throw EmptySelection.Explain(request.Layers, empty.Result, model);
        }

        OneLayer.Check(request, runs);
        if (request.Road is { } road)
        {
            runs = clock.Time("road", () => Road(device, model, input, runs, road, clock.Progress, cancellation));
        }

        int best = places.BestLayer is null ? 0 : RunPictures.BestLayer(runs);
        RunPictures pictures = new(request, model, input, runs, places);
        VideoSummary? video = places.Video is null ? null : clock.Time("video", () => pictures.WriteVideo(places.Video, device, clock.Progress, cancellation));
        pictures.WriteOne();
        pictures.WriteStills(best);
        if (places.Fused is not null)
        {
            WriteFused(places.Fused, request, model, pictures, FusedMaps.Make(request, runs));
        }

        if (places.Maps is not null)
        {
            clock.Time("maps file", () => MapsFile.Write(places.Maps, request, model, runs));
        }

        cancellation.ThrowIfCancellationRequested();
        RunReport report = RunReports.Make(request, model, input, runs, video, clock);
        string json = JsonText.Pretty(report);
        if (places.Report is not null)
        {
            ReportPage.Write(places.Report, ReportPages.Content(ReportedRun.Of(report, runs), pictures.Shown, request.Video.ColorMap, request.Video.Alpha));
        }

        if (places.Json is not null)
        {
            File.WriteAllText(places.Json, json + "\n");
        }

        outputs.Commit();
        return new RunOutcome(report, json, video?.Note);
    }

    private static void WriteFused(string path, RunRequest request, LoadedModel model, RunPictures pictures, IReadOnlyList<TargetRun> fused)
    {
        if (Path.GetExtension(path).Equals(FusionChoice.Numbers, StringComparison.OrdinalIgnoreCase))
        {
            MapsFile.Write(path, request, model, fused);
            return;
        }

        pictures.WriteFused(path, fused);
    }

    // One forward for all targets, and a backward for each.
    private static TargetRun[] Maps(RunRequest request, ComputeDevice device, LoadedModel model, ModelInput input, Target[] targets, RunProgress progress, CancellationToken cancellation)
    {
        using Tensor tensor = device.Place(input.ToTensor());

        // First: it refuses networks that it is not defined for.
        LayerMap?[] guided = [.. targets.Select(t => request.IsGuided ? GuidedBackpropagation.Compute(model.Module, tensor, t).ToMap("guided") : null)];
        Relay<CamProgress> relay = new(p => progress.Report(p.Done, p.Total, p.Layer));
        IReadOnlyList<IReadOnlyList<CamResult>> results = new CamEngine(model.Module).RunMany(tensor, [request.Cam.Method], targets, request.Cam, relay, cancellation);
        return [.. results.Select((ofTarget, i) => new TargetRun(request.Targets[i], ofTarget[0]) { Guided = guided[i] })];
    }

    private static TargetRun[] Road(ComputeDevice device, LoadedModel model, ModelInput input, TargetRun[] runs, RoadOptions options, RunProgress progress, CancellationToken cancellation)
    {
        using Tensor tensor = device.Place(input.ToTensor());
        List<TargetRun> scored = [];
        foreach (TargetRun run in runs)
        {
            int before = scored.Sum(r => r.Result.Frames.Count);
            int all = runs.Sum(r => r.Result.Frames.Count);
            YbRoadResult road = YbRoad.Score(model.Module, tensor, run.Result, options, new Relay<RoadProgress>(p => progress.Report(before + p.Done, all - run.Result.Frames.Count + p.Total, p.Layer.Name)), cancellation);
            scored.Add(run with { Result = road.WithRoad(run.Result), Road = road });
        }

        return [.. scored];
    }
}
