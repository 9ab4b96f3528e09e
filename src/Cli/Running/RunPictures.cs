using CAManim.Native.Cli.Progress;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>The pictures of a run: the video, the frame of the best layer, the contact sheet. All look alike.</summary>
internal sealed class RunPictures
{
    private readonly ModelInput _input;
    private readonly CamResult _result;
    private readonly Destinations _places;
    private readonly VideoOptions _options;

    public RunPictures(RunRequest request, LoadedModel model, ModelInput input, CamResult result, Destinations places)
    {
        (_input, _result, _places) = (input, result, places);
        _options = request.Video with
        {
            Target = RunReports.TargetName(request, model, result),
            Probability = result.Probability,
            Title = $"{model.Name}  {CamMethods.NameOf(result.Method)}",
            GlobalMinimum = result.GlobalMinimum,
            GlobalMaximum = result.GlobalMaximum,
            FramesFolder = places.Frames,
        };
    }

    /// <summary>Index of the frame with the highest score.</summary>
    /// <exception cref="CamException">No frame has a score.</exception>
    public static int BestLayer(CamResult result, YbRoadResult road) => road.MaxLayer is { } best
        ? result.Frames.ToList().FindIndex(f => f.Name == best)
        : throw new CamException($"--best-layer asks for the layer with the highest ROAD score, and none of the {result.Frames.Count} has one: {road.Layers[0].Reason} Choose another target, or leave --best-layer out.");

    public VideoSummary WriteVideo(string path, RunProgress progress, CancellationToken cancellation) =>
        CamVideo.Write(path, _input.Image, _result.Frames, _options, new Relay<VideoProgress>(p => progress.Report(p.Frame, p.Frames)), cancellation);

    /// <summary>Writes the pictures that were asked for beside the video.</summary>
    /// <param name="best">Index of the frame with the highest score.</param>
    public void WriteStills(int best)
    {
        if (_places.BestLayer is not null)
        {
            CamVideo.WriteFrame(_places.BestLayer, _input.Image, _result.Frames, _options, best);
        }

        if (_places.ContactSheet is not null)
        {
            CamVideo.WriteContactSheet(_places.ContactSheet, _input.Image, _result.Frames, _options);
        }
    }
}
