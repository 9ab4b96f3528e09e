using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Encoding;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>Makes the report of a run.</summary>
internal static class RunReports
{
    public static RunReport Make(RunRequest request, LoadedModel model, ModelInput input, IReadOnlyList<TargetRun> runs, VideoSummary? video, StageClock clock) => new()
    {
        Model = model.Name,
        Weights = request.Weights,
        Input = Reports.Input(request.Input, input, model),
        Method = CamMethods.NameOf(request.Cam.Method),
        Layers = request.Layers,
        Order = request.Cam.Order == LayerOrder.Execution ? "execution" : "registration",
        Compat = request.Cam.Compatibility.ToString().ToLowerInvariant(),
        ChannelLimit = runs[0].Result.ChannelLimit,
        MethodOptions = MethodSetting.Of(request.Cam.Method, request.Cam),
        AugSmooth = request.Cam.AugmentationSmoothing,
        EigenSmooth = request.Cam.EigenSmoothing,
        Precision = Choice.NameOf(request.Cam.Precision),
        MemoryFormat = Choice.NameOf(request.Cam.MemoryFormat),
        Fuse = request.Fuse?.ToString().ToLowerInvariant(),
        Seed = request.Cam.Seed,
        Target = Target(runs[0], model),
        Probability = Finite.OrNull(runs[0].Result.Probability),
        Activation = Choice.NameOf(runs[0].Result.Activation),
        ActivationReason = runs[0].Result.ActivationReason,
        Warnings = Warnings(runs, model, request.Weights),
        Top5 = Scores.Top(runs[0].Result.Logits, runs[0].Result.Activation, model.ClassNames, 5),
        Totals = Totals(runs[0].Result, runs[0].Road),
        Outputs = Outputs(request, video),
        ElapsedMilliseconds = clock.Elapsed(),
        Versions = Versions.Collect(withLibav: video is not null),
        Frames = [.. Frames(runs[0].Result, runs[0].Road)],
        OtherTargets = [.. runs.Skip(1).Select(r => new TargetDetails(Target(r, model), Finite.OrNull(r.Result.Probability), Totals(r.Result, r.Road), [.. Frames(r.Result, r.Road)]))],
    };

    /// <summary>What must be known before the maps are believed; of several targets each says which.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<TargetRun> runs, LoadedModel model, string weights) =>
        [.. runs.SelectMany(r => r.Warnings(model.ClassNames, weights).Select(w => runs.Count == 1 ? w : $"{r.Name(model.ClassNames)}: {w}")).Distinct()];

    /// <summary>What a run explains.</summary>
    public static TargetReport Target(TargetRun run, LoadedModel model) => new(run.Result.ClassIndex, Scores.NameOf(model.ClassNames, run.Result.ClassIndex), run.Asked);

    /// <summary>A video that was written.</summary>
    public static VideoReport Video(string file, VideoOptions options, VideoSummary video) =>
        new(file, video.Frames, video.Width, video.Height, video.Codec, options.FramesPerSecond, video.SizeInBytes);

    private static RunTotals Totals(CamResult result, YbRoadResult? road) => new(
        result.Frames.Count,
        result.Layers.Count(l => !l.IsKept),
        result.Frames.Count(f => f.IsConstant),
        result.Frames.Count(f => f.HasNonFinite),
        Finite.OrNull(result.GlobalMinimum),
        Finite.OrNull(result.GlobalMaximum),
        result.Layers.Count == 0 ? 0 : result.Layers.Max(l => l.Parameters),
        RoadReports.Totals(road));

    private static RunOutputs Outputs(RunRequest request, VideoSummary? video) => new(
        video is null ? null : Video(request.Output!, request.Video, video),
        request.Maps,
        request.Json is null or "-" ? null : request.Json,
        request.Frames,
        request.BestLayer,
        request.ContactSheet,
        request.Fused,
        request.Report)
    {
        Picture = request.IsPicture ? request.Output : null,
        Heatmap = request.Heatmap,
    };

    // The kept calls of the list are the frames and the scores, in the same order.
    private static IEnumerable<FrameReport> Frames(CamResult result, YbRoadResult? road)
    {
        int frame = 0;
        foreach (LayerReport layer in result.Layers)
        {
            LayerRoad? score = layer.IsKept ? road?.Layers[frame] : null;
            LayerMap? map = layer.IsKept ? result.Frames[frame++] : null;
            yield return new FrameReport
            {
                Frame = map is null ? null : frame,
                Name = layer.Name,
                ModuleClass = layer.ModuleClass,
                Shape = layer.OutputShape,
                Kept = layer.IsKept,
                SkipReason = layer.SkipReason,
                Min = map is null ? null : Finite.OrNull(map.Minimum),
                Max = map is null ? null : Finite.OrNull(map.Maximum),
                Flags = map is null ? null : new FrameFlags(map.IsConstant, map.HasNonFinite),
                Road = score?.Road,
                RoadReason = score?.Reason,
                RoadPercentiles = RoadReports.Percentiles(score),
                Parameters = layer.Parameters,
                TimeMilliseconds = Finite.Milliseconds(layer.Time),
            };
        }
    }
}
