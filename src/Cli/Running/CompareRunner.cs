using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>A comparison: all methods and targets from one forward and a backward a target, then the pictures.</summary>
internal static class CompareRunner
{
    public static CompareReport Run(CompareRequest request, RunProgress progress, Termination termination)
    {
        StageClock clock = new(progress);
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        using LoadedModel model = clock.Time("model", () => Networks.Create(request.Network));
        Target[] targets = [.. request.Targets.Select(t => TargetParser.Parse(t, model.ClassNames))];
        EmptySelection.Check(request.Layers, model);
        return StagedRun.Do(termination, outputs => Run(request, device, model, targets, outputs, clock, termination.Token));
    }

    private static CompareReport Run(CompareRequest request, ComputeDevice device, LoadedModel model, Target[] targets, OutputSet outputs, StageClock clock, CancellationToken cancellation)
    {
        string? videoPlace = Place(request.Output, outputs);
        string? gridPlace = request.Grid is null ? null : outputs.AddFile(request.Grid);
        string? jsonPlace = request.Json is null or "-" ? null : outputs.AddFile(request.Json);
        string? framesPlace = request.Frames is null ? null : outputs.AddFolder(request.Frames);
        Func<LoadedModel, ModelInput> source = clock.Time("input", () => InputReader.Open(request.Input));
        clock.Time("weights", () => Networks.Load(model, request.Network, clock.Progress, cancellation));
        device.Place(model.Module);
        ModelInput input = source(model);
        request.Warn(input.Picture?.Note);
        LargeInput.Warn(input, model, device, request.Warn);
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<ComparedSeries> series = clock.Time("maps", () => Maps(request, device, model, input, targets, clock.Progress, cancellation));
        CompareReport report = CompareReports.Make(request, model, input, series, clock);
        ComparePictures pictures = new(request, model, input, series);
        if (gridPlace is not null)
        {
            clock.Time("grid", () => pictures.WriteGrid(gridPlace, report));
        }

        VideoSummary? video = videoPlace is null ? null : clock.Time("video", () => pictures.WriteVideo(videoPlace, framesPlace, clock.Progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        report = CompareReports.WithVideo(report, request, video, clock);
        if (jsonPlace is not null)
        {
            File.WriteAllText(jsonPlace, JsonText.Pretty(report) + "\n");
        }

        outputs.Commit();
        return report;
    }

    private static string? Place(string? video, OutputSet outputs)
    {
        if (video is null)
        {
            return null;
        }

        Libav.Require();
        string place = outputs.AddFile(video);
        _ = CamVideo.PrepareAsync(place);
        return place;
    }

    private static IReadOnlyList<ComparedSeries> Maps(CompareRequest request, ComputeDevice device, LoadedModel model, ModelInput input, Target[] targets, RunProgress progress, CancellationToken cancellation)
    {
        using Tensor tensor = device.Place(input.ToTensor());
        Relay<CamProgress> relay = new(p => progress.Report(p.Done, p.Total, p.Layer));
        IReadOnlyList<IReadOnlyList<CamResult>> results = new CamEngine(model.Module).RunMany(tensor, request.Methods, targets, request.Cam, relay, cancellation);
        IReadOnlyList<ComparedSeries> series = ComparedSeries.Make(request.Targets, results);
        return series[0].Frames.Count > 0 ? series : throw EmptySelection.Explain(request.Layers, results.SelectMany(r => r).MinBy(r => r.Frames.Count)!, model);
    }
}
