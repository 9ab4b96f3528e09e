using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Baselines;
using CAManim.Native.Engine.Road.Curves;
using CAManim.Native.Engine.Road.Drops;
using CAManim.Native.Engine.Road.Files;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>Scores all layers, method by method and target by target.</summary>
internal static class YbRoadRunner
{
    public static YbRoadOutcome Run(YbRoadRequest request, RunProgress progress, CancellationToken cancellation)
    {
        StageClock clock = new(progress);
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        using LoadedModel model = clock.Time("model", () => Networks.Create(request.Network));
        Target[] targets = [.. request.Targets.Select(t => TargetParser.Parse(t, model.ClassNames))];
        EmptySelection.Check(request.Layers, model);
        Func<LoadedModel, ModelInput> source = clock.Time("input", () => InputReader.Open(request.Input));
        clock.Time("weights", () => Networks.Load(model, request.Network, progress, cancellation));
        device.Place(model.Module);
        ModelInput input = source(model);
        request.Warn(input.Picture?.Note);
        LargeInput.Warn(input, model, device, request.Warn);
        using Tensor tensor = device.Place(input.ToTensor());
        RoadJournal? journal = request.Resume is null ? null : RoadJournal.Open(request.Resume);
        List<YbRoadSeries> series = [];
        foreach (CamMethod method in request.Methods)
        {
            for (int i = 0; i < targets.Length; i++)
            {
                CamOptions cam = request.Cam with { Method = method, Target = targets[i] };
                CamResult maps = clock.Time("maps", () => new CamEngine(model.Module).Run(tensor, cam, new Relay<CamProgress>(p => progress.Report(p.Done, p.Total, p.Layer)), cancellation));
                if (maps.Frames.Count == 0)
                {
                    throw EmptySelection.Explain(request.Layers, maps, model);
                }

                TargetReport target = new(maps.ClassIndex, Scores.NameOf(model.ClassNames, maps.ClassIndex), request.Targets[i]);
                YbRoadResult scores = Score(request, model, tensor, maps, journal, isFirst: series.Count == 0, clock, cancellation);
                series.Add(new YbRoadSeries(method, target, scores)
                {
                    Warnings = new TargetRun(request.Targets[i], maps, scores).Warnings(model.ClassNames, request.Weights),
                    ChannelLimit = maps.ChannelLimit,
                    ActivationReason = maps.ActivationReason,
                    Baselines = Baselines(request, series, model, tensor, maps.ClassIndex, clock, cancellation),
                    Curves = request.WithCurves ? clock.Time("curves", () => PerturbationCurves.Score(model.Module, tensor, maps, null, cancellation)) : null,
                    Drops = request.WithDrops ? clock.Time("drops", () => AverageDrop.Score(model.Module, tensor, maps, cancellation: cancellation)) : null,
                });
            }
        }

        return new YbRoadOutcome(model.Name, Reports.Input(request.Input, input, model), series);
    }

    // What a run that was stopped has left is taken over; what is finished now is noted at once.
    private static YbRoadResult Score(
        YbRoadRequest request, LoadedModel model, Tensor tensor, CamResult maps, RoadJournal? journal, bool isFirst, StageClock clock, CancellationToken cancellation)
    {
        RoadOptions options = request.Road;
        string key = "";
        if (journal is not null)
        {
            key = RoadJournal.Key(tensor, maps, options);
            if (isFirst && journal.Keys is [var found, ..] && found != key)
            {
                throw new CamException($"'{request.Resume}' holds the layers of another run: network, weights, picture, target, method, layers or scores differ. Give the options of that run, another name, or delete the file.");
            }

            options = options with { Finished = journal.Finished(key) };
        }

        return clock.Time("road", () => YbRoad.Score(model.Module, tensor, maps, options, new Relay<RoadProgress>(p =>
        {
            journal?.Add(key, p.Layer);
            clock.Progress.Report(p.Done, p.Total, p.Layer.Name);
        }), cancellation));
    }

    // Random maps know nothing of the target: targets of one class share them.
    private static RoadBaselineResult? Baselines(
        YbRoadRequest request, List<YbRoadSeries> before, LoadedModel model, Tensor tensor, int classIndex, StageClock clock, CancellationToken cancellation)
    {
        if (!request.WithBaselines)
        {
            return null;
        }

        return before.Find(s => s.Target.Index == classIndex)?.Baselines
            ?? clock.Time("baselines", () => RoadBaselines.Score(model.Module, tensor, classIndex, request.Cam, request.Road, cancellation));
    }
}
