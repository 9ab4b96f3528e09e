using System.Globalization;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>The pictures of a run: the video, the frame of the best layer, the contact sheet. All look alike.</summary>
internal sealed class RunPictures
{
    private readonly ShownPicture _shown;
    private readonly MapSeries[] _series;

    // With what stands beside the maps in frames.
    private readonly MapSeries[] _panels;
    private readonly Destinations _places;
    private readonly VideoOptions _options;

    public RunPictures(RunRequest request, LoadedModel model, ModelInput input, IReadOnlyList<TargetRun> runs, Destinations places)
    {
        (_shown, _places) = (ShownPicture.Of(request.Input, input), places);
        _series = [.. runs.Select(r => Series(r, model.ClassNames, isAlone: runs is [{ Guided: null }]))];
        _panels = [.. runs.Zip(_series).SelectMany(p => p.First.Guided is { } guided ? [p.Second, Beside(p.First.Result, guided)] : (MapSeries[])[p.Second])];

        // The one target stands under the maps; of several each stands over its own.
        _options = _shown.Options(request.Video) with
        {
            Target = runs.Count == 1 ? Scores.WithNumber(runs[0].Name(model.ClassNames), runs[0].Result) : "",
            Probability = runs.Count == 1 ? Scores.Share(runs[0].Result) : float.NaN,
            Title = $"{Networks.Title(model)}  {CamMethods.NameOf(runs[0].Result.Method)}",
            FramesFolder = places.Frames,
        };
    }

    /// <summary>What lies under the maps.</summary>
    public ShownPicture Shown => _shown;

    /// <summary>Index of the frame with the highest score of all targets.</summary>
    /// <exception cref="CamException">No frame has a score.</exception>
    public static int BestLayer(IReadOnlyList<TargetRun> runs)
    {
        TargetRun best = runs.MaxBy(r => r.Road!.Max ?? float.NegativeInfinity)!;
        return best.Road!.MaxLayer is { } layer
            ? best.Result.Frames.ToList().FindIndex(f => f.Name == layer)
            : throw new CamException(best.Road.AreAllEqual
                ? $"--best-layer asks for the layer with the highest ROAD score, and all {best.Road.Layers.Count(l => l.Road is not null)} scores are {best.Road.Max:0.000}: they tell no layer from another. Choose another target, or leave --best-layer out."
                : $"--best-layer asks for the layer with the highest ROAD score, and none of the {best.Result.Frames.Count} has one: {best.Road.Layers[0].Reason} Choose another target, or leave --best-layer out.");
    }

    public VideoSummary WriteVideo(string path, ComputeDevice device, RunProgress progress, CancellationToken cancellation)
    {
        using KernelDevice? kernels = device.Index is { } index ? KernelDevice.Open(AcceleratorKind.Cuda, index, hasOwnOrder: true) : null;
        return CamVideo.Write(path, _shown.Image, _panels, _options with { Device = kernels }, new Relay<VideoProgress>(p => progress.Report(p.Frame, p.Frames)), cancellation);
    }

    /// <summary>Writes the one map over the picture, and alone, at the picture's size.</summary>
    public void WriteOne()
    {
        MapSeries one = _series[0];
        VideoOptions options = _options with { GlobalMinimum = one.GlobalMinimum, GlobalMaximum = one.GlobalMaximum };
        if (_places.Picture is not null)
        {
            MapPicture.WriteOverlay(_places.Picture, _shown.Full, one.Layers[0], options);
        }

        if (_places.Heatmap is not null)
        {
            MapPicture.WriteHeatmap(_places.Heatmap, _shown.Full.Width, _shown.Full.Height, one.Layers[0], options);
        }
    }

    /// <summary>Writes the pictures that were asked for beside the video.</summary>
    /// <param name="best">Index of the frame with the highest score.</param>
    public void WriteStills(int best)
    {
        if (_places.BestLayer is not null)
        {
            CamVideo.WriteFrame(_places.BestLayer, _shown.Image, _panels, _options, best);
        }

        if (_places.ContactSheet is not null)
        {
            CamVideo.WriteContactSheet(_places.ContactSheet, _shown.Image, _series, _options);
        }
    }

    /// <summary>Writes the picture beside the one map of each target.</summary>
    /// <param name="path">The PNG.</param>
    /// <param name="fused">Each with one frame.</param>
    public void WriteFused(string path, IReadOnlyList<TargetRun> fused)
    {
        MapSeries[] series = [.. _series.Zip(fused, (s, run) => new MapSeries(s.Title, run.Result.Frames))];
        CamVideo.WriteFrame(path, _shown.Image, series, _options with { View = NormalisationView.Local, ShowImage = true, FramesFolder = null }, 0);
    }

    // The same picture in every frame.
    private static MapSeries Beside(CamResult maps, LayerMap guided) => new("guided backpropagation", [.. maps.Frames.Select(f => guided with { Name = f.Name, ModuleClass = f.ModuleClass })]);

    private static MapSeries Series(TargetRun run, ClassNames classes, bool isAlone)
    {
        string score = Scores.Text(run.Result);
        return new MapSeries(isAlone ? "" : $"{run.Name(classes)}{(score.Length == 0 ? "" : "  ")}{score}", run.Result.Frames)
        {
            GlobalMinimum = run.Result.GlobalMinimum,
            GlobalMaximum = run.Result.GlobalMaximum,
        };
    }
}
