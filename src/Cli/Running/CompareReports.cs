using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Encoding;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Localisation;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>Makes the report of a comparison.</summary>
internal static class CompareReports
{
    public static CompareReport Make(CompareRequest request, LoadedModel model, ModelInput input, IReadOnlyList<ComparedSeries> series, StageClock clock)
    {
        IReadOnlyList<DemoObject> objects = InputReader.Objects(request.Input, input);
        int frames = series[0].Frames.Count;
        int[] chosen = [.. request.Percentiles.Select(p => DepthPercentile.FrameAt(frames, p))];
        return new CompareReport
        {
            Model = model.Name,
            Weights = request.Weights,
            Input = Reports.Input(request.Input, input, model),
            Layers = request.Layers,
            Order = request.Cam.Order == LayerOrder.Execution ? "execution" : "registration",
            Compat = request.Cam.Compatibility.ToString().ToLowerInvariant(),
            AugSmooth = request.Cam.AugmentationSmoothing,
            EigenSmooth = request.Cam.EigenSmoothing,
            Precision = Choice.NameOf(request.Cam.Precision),
            MemoryFormat = Choice.NameOf(request.Cam.MemoryFormat),
            Seed = request.Cam.Seed,
            Targets = [.. series.Take(request.Targets.Count).Select(s => RunReports.Target(s.Run, model))],
            Activation = Choice.NameOf(series[0].Run.Result.Activation),
            ActivationReason = series[0].Run.Result.ActivationReason,
            Warnings = [.. series.SelectMany(s => s.Run.Warnings(model.ClassNames, request.Weights).Select(w => request.Targets.Count == 1 ? w : $"{s.Run.Name(model.ClassNames)}: {w}")).Distinct()],
            Frames = frames,
            Columns = [.. chosen.Zip(request.Percentiles, (f, p) => new CompareColumn(p, f + 1, series[0].Frames[f].Name, series[0].Frames[f].ModuleClass))],
            Objects = [.. objects.Select(o => new CompareObject(o.ClassIndex, o.Name, EnergyInside.AreaShare(o.Mask)))],
            Series = [.. series.Select(s => Series(s, request, chosen, objects, input))],
            Outputs = new CompareFiles(null, request.Grid, request.Json is null or "-" ? null : request.Json, request.Frames),
            ElapsedMilliseconds = clock.Elapsed(),
            Versions = Versions.Collect(withLibav: request.Output is not null),
        };
    }

    /// <summary>Adds what is known once the video is written.</summary>
    public static CompareReport WithVideo(CompareReport report, CompareRequest request, VideoSummary? video, StageClock clock) => report with
    {
        Outputs = report.Outputs with { Video = video is null ? null : RunReports.Video(request.Output!, request.Video, video) },
        ElapsedMilliseconds = clock.Elapsed(),
    };

    private static CompareSeries Series(ComparedSeries one, CompareRequest request, int[] chosen, IReadOnlyList<DemoObject> objects, ModelInput input) => new(
        one.Method,
        one.Run.Result.ChannelLimit,
        MethodSetting.Of(one.Run.Result.Method, request.Cam),
        one.Run.Asked,
        Finite.OrNull(one.Run.Result.Probability),
        Finite.OrNull(one.Run.Result.GlobalMinimum),
        Finite.OrNull(one.Run.Result.GlobalMaximum),
        [.. chosen.Select(f => Cell(one.Frames[f], objects, input))]);

    private static CompareCell Cell(LayerMap map, IReadOnlyList<DemoObject> objects, ModelInput input) => new(
        Finite.OrNull(map.Minimum),
        Finite.OrNull(map.Maximum),
        new FrameFlags(map.IsConstant, map.HasNonFinite),
        [.. objects.Select(o => EnergyInside.Share(map.Map.Span, map.Height, map.Width, o.Mask, input.Image.Height, input.Image.Width))]);
}
