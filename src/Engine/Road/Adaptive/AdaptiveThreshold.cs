using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road.Adaptive;

/// <summary>Adaptive thresholding: a map keeps the top k % of its positions, with the k of the highest ROAD (Kaczmarek et al. 2023, "MetaCAM", arXiv 2307.16863).</summary>
/// <remarks>
/// k is chosen for every layer by itself; of equal scores the smaller k is taken. Every k costs a ybROAD. It lies here and not among the
/// methods: they make maps, and know nothing of scores.
/// </remarks>
public static class AdaptiveThreshold
{
    private static readonly double[] DefaultPercents = [10, 20, 30, 40, 50, 60, 70, 80, 90];

    /// <summary>Thresholds the maps of one method.</summary>
    /// <param name="model">The network the maps came from; left as it was found.</param>
    /// <param name="input">[1,C,H,W], the input the maps came from; not changed.</param>
    /// <param name="maps">The maps; what is not in the top k % becomes 0.</param>
    /// <param name="percents">The k that are tried, each above 0 and up to 100; null for 10, 20, ... 90.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <param name="cancellation">Looked at before each image.</param>
    /// <exception cref="CamException">An option is out of its range, or input, maps and network do not fit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static AdaptiveResult Apply(
        nn.Module<Tensor, Tensor> model, Tensor input, CamResult maps, IReadOnlyList<double>? percents = null, RoadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return Choose(model, input, percent => Threshold(maps, percent), percents, options, cancellation);
    }

    /// <summary>MetaCAM with the k, of every layer, whose consensus has the highest ROAD.</summary>
    /// <param name="model">The network the maps came from; left as it was found.</param>
    /// <param name="input">[1,C,H,W], the input the maps came from; not changed.</param>
    /// <param name="components">Results of the methods that vote, for one image and target.</param>
    /// <param name="percents">The k that are tried, each above 0 and up to 100; null for 10, 20, ... 90.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <param name="cancellation">Looked at before each image.</param>
    /// <exception cref="ArgumentException">There are no components.</exception>
    /// <exception cref="CamException">An option is out of its range, or input, maps and network do not fit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static AdaptiveResult ApplyToConsensus(
        nn.Module<Tensor, Tensor> model, Tensor input, IReadOnlyList<CamResult> components, IReadOnlyList<double>? percents = null, RoadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(components);
        if (components.Count == 0)
        {
            throw new ArgumentException("No results were given; those of one or more methods are expected.", nameof(components));
        }

        return Choose(model, input, percent => MetaCam.Combine(components, percent) with { Method = CamMethod.MetaCAM }, percents, options, cancellation);
    }

    private static AdaptiveResult Choose(
        nn.Module<Tensor, Tensor> model, Tensor input, Func<double, CamResult> mapsAt, IReadOnlyList<double>? percents, RoadOptions? options, CancellationToken cancellation)
    {
        double[] ascending = [.. (percents ?? DefaultPercents).Order()];
        if (ascending.Length == 0 || ascending.Any(p => !(p is > 0 and <= 100)))
        {
            throw new CamException($"The percentages {string.Join(", ", ascending)} were to be tried; one or more, above 0 and up to 100, are expected.");
        }

        CamResult[] tried = [.. ascending.Select(percent =>
        {
            CamResult maps = mapsAt(percent);
            return YbRoad.Score(model, input, maps, options, null, cancellation).WithRoad(maps);
        })];
        int[] best = [.. Enumerable.Range(0, tried[0].Frames.Count).Select(i => Best([.. tried.Select(t => t.Frames[i].Road)]))];
        return new AdaptiveResult
        {
            Maps = tried[0].With([.. best.Select((k, i) => tried[k].Frames[i])]),
            Layers = [.. best.Select((k, i) => new AdaptiveLayer(tried[k].Frames[i].Name, ascending[k], tried[k].Frames[i].Road))],
        };
    }

    private static int Best(float?[] scores) => scores.Any(s => s is not null) ? Array.IndexOf(scores, scores.Max()) : scores.Length - 1;

    private static CamResult Threshold(CamResult maps, double percent) => maps.With([.. maps.Frames.Select(frame =>
    {
        float[] kept = new float[frame.SignedMap.Length];
        foreach (int position in TopPositions.Find(frame, percent))
        {
            kept[position] = frame.SignedMap.Span[position];
        }

        return LayerMaps.Replace(frame, kept, frame.Height, frame.Width, maps.InputHeight, maps.InputWidth);
    })]);
}
