using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>Computes what a figure shows, picture by picture and target by target.</summary>
internal static class FigureRunner
{
    public static IReadOnlyList<FigureCase> Run(FigureRequest request, RunProgress progress, CancellationToken cancellation)
    {
        StageClock clock = new(progress);
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        using LoadedModel model = clock.Time("model", () => Networks.Create(request.Network));
        Target[] targets = [.. request.Targets.Select(t => TargetParser.Parse(t, model.ClassNames))];
        EmptySelection.Check(request.Layers, model);
        int[] truths = [.. request.Truths.Select(t => Usage.Check(() => model.ClassNames.Resolve(t)))];
        Func<LoadedModel, ModelInput>[] sources = clock.Time("input", () => request.Inputs.Select(InputReader.Open).ToArray());
        clock.Time("weights", () => Networks.Load(model, request.Network, progress, cancellation));
        device.Place(model.Module);
        List<FigureCase> cases = [];
        for (int i = 0; i < sources.Length; i++)
        {
            ModelInput input = sources[i](model);
            request.Warn(input.Picture?.Note);
            using Tensor tensor = device.Place(input.ToTensor());
            for (int t = 0; t < targets.Length; t++)
            {
                CamOptions cam = request.Cam with { Target = targets[t] };
                CamResult maps = clock.Time("maps", () => new CamEngine(model.Module).Run(tensor, cam, new Relay<CamProgress>(p => progress.Report(p.Done, p.Total, p.Layer)), cancellation));
                if (maps.Frames.Count == 0)
                {
                    throw EmptySelection.Explain(request.Layers, maps, model);
                }

                YbRoadResult? road = request.Road is null ? null : clock.Time("road", () => YbRoad.Score(model.Module, tensor, maps, request.Road, new Relay<RoadProgress>(p => progress.Report(p.Done, p.Total, p.Layer.Name)), cancellation));
                string asked = request.Targets[t];
                string target = asked == "top" || int.TryParse(asked, out _) ? Scores.NameOf(model.ClassNames, maps.ClassIndex) : asked;
                string predicted = Scores.Top(maps.Logits, maps.Activation, model.ClassNames, 1)[0].Name;
                cases.Add(new FigureCase(Name(request.Inputs[i]), ShownPicture.Of(request.Inputs[i], input), target, predicted, truths.Length == 0 ? null : Scores.NameOf(model.ClassNames, truths[i]), maps, road));
            }
        }

        return cases;
    }

    // A file may hold several tensors.
    private static string Name(InputRequest input) => input.TensorKey
        ?? Path.GetFileNameWithoutExtension(input.File![(InputReader.IsDrawn(input.Image) ? InputReader.DemoPrefix.Length : 0)..]);
}
