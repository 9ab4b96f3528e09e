using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Engine.Road.Pipeline;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road;

/// <summary>
/// ROAD (Rong 2022, "A Consistent and Efficient Evaluation Strategy for Attribution Methods") of every layer: the ybROAD of the CAManim paper.
/// </summary>
/// <remarks>
/// For each percentile p remove pixels, most relevant first and least relevant first, fill them by noisy linear imputation, and take the
/// score C of the class (its softmax, or what <see cref="RoadOptions.Activation"/> says): ROAD = mean over p of (C_least - C_most) / 2. Maps that are equal to the bit are scored once.
/// </remarks>
public static class YbRoad
{
    /// <summary>Scores the maps of one image.</summary>
    /// <param name="model">The network the maps came from; left as it was found.</param>
    /// <param name="input">[1,C,H,W], the input the maps came from; not changed.</param>
    /// <param name="maps">The maps; their class is the one whose score is taken.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <param name="progress">Told of each layer that is finished, from the thread of the call.</param>
    /// <param name="cancellation">Looked at before each image. The layers reported until then can be handed to a later call.</param>
    /// <exception cref="CamException">An option is out of its range, or input, maps and network do not fit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static YbRoadResult Score(
        nn.Module<Tensor, Tensor> model,
        Tensor input,
        CamResult maps,
        RoadOptions? options = null,
        IProgress<RoadProgress>? progress = null,
        CancellationToken cancellation = default) => Score(model, input, maps, options, null, null, progress, cancellation);

    /// <summary>Images a forward for an input of H x W where the options do not say.</summary>
    /// <param name="height">H, 1 or more.</param>
    /// <param name="width">W, 1 or more.</param>
    public static int DefaultBatchSize(int height, int width) => ForwardPipeline.DefaultBatchSize(height, width);

    /// <summary>The same with another imputer than the kernel, or with so many threads that write images.</summary>
    internal static YbRoadResult Score(
        nn.Module<Tensor, Tensor> model, Tensor input, CamResult maps, RoadOptions? options, IImputer? imputer, int? writers, IProgress<RoadProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(maps);
        options ??= new RoadOptions();
        options.Check();
        float[] image = InputPixels.Read(input, maps);

        // Noise is all that tells trials apart.
        options = options with { Trials = options.Noise == 0 ? 1 : options.Trials, Activation = ClassScore.Choose(options.Activation, maps) };
        (int channels, int height, int width) = ((int)input.shape[1], maps.InputHeight, maps.InputWidth);
        HashSet<string> names = [.. maps.Frames.Select(f => f.Name)];
        Dictionary<string, LayerRoad> layers = options.Finished.Where(l => names.Contains(l.Name)).ToDictionary(l => l.Name);
        IReadOnlyList<IReadOnlyList<LayerMap>> groups = MapGroups.Find(maps.Frames, map => RemovalMasks.Select(options.Mode, map));
        ScoredMap[] scored = [.. groups.Where(g => g.Any(l => !layers.ContainsKey(l.Name))).Select(g => new ScoredMap(g, options))];
        RoadSource source = new(image, channels, height, width, maps.ClassIndex, options, scored, imputer ?? new KernelImputer(image), Report);
        PipelineOptions pipeline = new(options.BatchSize ?? ForwardPipeline.DefaultBatchSize(height, width))
        {
            IsOverlapping = options.IsOverlapping,
            Writers = writers,
            Precision = options.Precision,
        };
        if (imputer is null && options.Mode == RoadMode.Exact && DeviceKernels.For(input, options.EmulatesKernels) is { } kernels)
        {
            DeviceRoadImages images = new(kernels, input.device, image, (channels, height, width), options, scored, pipeline.BatchSize);
            ForwardPipeline.Run(model, input, images.Batches(), source, pipeline, cancellation);
        }
        else
        {
            ForwardPipeline.Run(model, input, source, pipeline, cancellation);
        }

        return new YbRoadResult
        {
            Layers = [.. maps.Frames.Select(f => layers[f.Name])],
            Options = options with { Finished = [] },
            ClassIndex = maps.ClassIndex,
            Probability = options.Activation == maps.Activation || maps.ClassIndex < 0 ? maps.Probability : ClassScore.Of(options.Activation, maps.Logits.Span, maps.ClassIndex),
        };

        void Report(ScoredMap map)
        {
            LayerRoad first = map.Collect(height * width);
            for (int i = 0; i < map.Layers.Count; i++)
            {
                LayerRoad layer = i == 0 ? first : first with { Name = map.Layers[i].Name, Parameters = map.Layers[i].Parameters, SameAs = first.Name };

                // What an earlier run has of a map that several layers share stays.
                if (!layers.TryAdd(layer.Name, layer))
                {
                    continue;
                }

                progress?.Report(new RoadProgress(layers.Count, maps.Frames.Count, layer));
            }
        }
    }
}
