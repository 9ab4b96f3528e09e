using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Baselines;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>Scores all layers, target by target.</summary>
internal static class YbRoadRunner
{
    public static YbRoadOutcome Run(YbRoadRequest request, RunProgress progress, CancellationToken cancellation)
    {
        StageClock clock = new(progress);
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        using LoadedModel model = clock.Time("model", () => Usage.Check(() => ModelZoo.Create(request.Model)));
        Target[] targets = [.. request.Targets.Select(t => TargetParser.Parse(t, model.ClassNames))];
        Func<LoadedModel, ModelInput> source = clock.Time("input", () => InputReader.Open(request.Input));
        clock.Time("weights", () => Weights.Load(model, request.Weights, request.IsOffline, progress, cancellation));
        device.Place(model.Module);
        ModelInput input = source(model);
        using Tensor tensor = device.Place(input.ToTensor());
        List<YbRoadSeries> series = [];
        for (int i = 0; i < targets.Length; i++)
        {
            CamOptions cam = request.Cam with { Target = targets[i] };
            CamResult maps = clock.Time("maps", () => new CamEngine(model.Module).Run(tensor, cam, new Relay<CamProgress>(p => progress.Report(p.Done, p.Total, p.Layer)), cancellation));
            if (maps.Frames.Count == 0)
            {
                throw EmptySelection.Explain(request.Layers, maps, model);
            }

            YbRoadResult result = clock.Time("road", () => YbRoad.Score(model.Module, tensor, maps, request.Road, new Relay<RoadProgress>(p => progress.Report(p.Done, p.Total, p.Layer.Name)), cancellation));
            TargetReport target = new(maps.ClassIndex, Scores.NameOf(model.ClassNames, maps.ClassIndex), request.Targets[i]);
            series.Add(new YbRoadSeries(target, result, Baselines(request, series, model, tensor, maps.ClassIndex, clock, cancellation)));
        }

        return new YbRoadOutcome(model.Name, Reports.Input(request.Input, input, model), series);
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
