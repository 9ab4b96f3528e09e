using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Engine.Road.Pipeline;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Curves;

/// <summary>Insertion and deletion (Petsiuk 2018, "RISE") of every layer's map.</summary>
/// <remarks>
/// Pixels go in the order of the resized signed map, most relevant first; equal values in the order of <see cref="RoadMode.Exact"/>.
/// Deletion sets them to zero (the mean colour of a normalised input), insertion puts them into the blurred image.
/// Maps that are equal to the bit are scored once.
/// </remarks>
public static class PerturbationCurves
{
    /// <summary>Scores the maps of one image.</summary>
    /// <param name="model">The network the maps came from; left as it was found.</param>
    /// <param name="input">[1,C,H,W], the input the maps came from; not changed.</param>
    /// <param name="maps">The maps; their class is the one whose score is taken.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellation">Looked at before each image.</param>
    /// <returns>The curves in the order of the frames.</returns>
    /// <exception cref="CamException">An option is out of its range, or input, maps and network do not fit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static IReadOnlyList<LayerCurves> Score(
        nn.Module<Tensor, Tensor> model, Tensor input, CamResult maps, CurveOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(maps);
        options ??= new CurveOptions();
        options.Check();
        float[] image = InputPixels.Read(input, maps);
        IReadOnlyList<IReadOnlyList<LayerMap>> groups = MapGroups.Find(maps.Frames, map => RemovalMasks.Select(RoadMode.Exact, map));
        CurveSource source = new(image, maps.InputHeight, maps.InputWidth, maps.ClassIndex, ClassScore.Choose(options.Activation, maps), [.. groups.Select(g => g[0])], options);
        int batchSize = options.BatchSize ?? ForwardPipeline.DefaultBatchSize(maps.InputHeight, maps.InputWidth);
        ForwardPipeline.Run(model, input, source, new PipelineOptions(batchSize), cancellation);

        Dictionary<string, LayerCurves> curves = [];
        for (int g = 0; g < groups.Count; g++)
        {
            foreach (LayerMap layer in groups[g])
            {
                curves[layer.Name] = new LayerCurves
                {
                    Name = layer.Name,
                    Deletion = source.Scores[g]?[..(options.Steps + 1)] ?? [],
                    Insertion = source.Scores[g]?[(options.Steps + 1)..] ?? [],
                    Reason = source.Reasons[g],
                };
            }
        }

        return [.. maps.Frames.Select(f => curves[f.Name])];
    }
}
