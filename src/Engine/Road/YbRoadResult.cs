using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road.Series;

namespace CAManim.Native.Engine.Road;

/// <summary>The ybROAD: ROAD of every layer in frame order. Plain memory, nothing to dispose.</summary>
public sealed record YbRoadResult
{
    // Of float32 scores through other kernels for other batches.
    private const float Rounding = 1e-6f;

    /// <summary>The layers, in the order of the frames.</summary>
    public required IReadOnlyList<LayerRoad> Layers { get; init; }

    /// <summary>How it was computed.</summary>
    public required RoadOptions Options { get; init; }

    /// <summary>The class whose score was taken.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>Score of the class with nothing removed, by <see cref="RoadOptions.Activation"/> of <see cref="Options"/>.</summary>
    public required float Probability { get; init; }

    /// <summary>Mean over the layers that have a score; null where none has.</summary>
    public float? Mean => SeriesNumbers.Mean(Layers.Select(l => l.Road));

    /// <summary>The highest score; null where there is none.</summary>
    public float? Max => Layers.Max(l => l.Road);

    /// <summary>The first layer with the highest score; null where there is none, and where the scores of several layers are all equal, which tells nothing of the layers.</summary>
    public string? MaxLayer => Max is { } max && !AreAllEqual ? Layers.First(l => l.Road == max).Name : null;

    /// <summary>Whether there are several scores and no two differ by more than rounding, 1e-6.</summary>
    public bool AreAllEqual => Layers.Count(l => l.Road is not null) > 1 && Max - Layers.Min(l => l.Road) <= Rounding;

    /// <summary>The last layer; null where there are no layers.</summary>
    public string? FinalLayer => Layers.Count == 0 ? null : Layers[^1].Name;

    /// <summary>Score of the last layer; null where it has none.</summary>
    public float? FinalLayerRoad => Layers.Count == 0 ? null : Layers[^1].Road;

    /// <summary><see cref="Max"/> less <see cref="FinalLayerRoad"/>, 0 or more: what looking at all layers gained. Null where one is missing.</summary>
    public float? DifferenceToFinal => Max - FinalLayerRoad;

    /// <summary>Mean over the layers of each trial.</summary>
    public IReadOnlyList<float?> TrialMeans =>
        [.. Enumerable.Range(0, Options.Trials).Select(t => SeriesNumbers.Mean(Layers.Where(l => l.Trials.Count > t).Select(l => (float?)l.Trials[t])))];

    /// <summary>Sample standard deviation of <see cref="TrialMeans"/>; null with fewer than two trials.</summary>
    public float? Deviation => SeriesNumbers.Deviation([.. TrialMeans.OfType<float>()]);

    /// <summary>
    /// Moving average of the scores: each value's mean with its neighbours in a window centred on it, cut at the ends.
    /// Missing scores are left out and stay missing.
    /// </summary>
    /// <param name="window">Layers in the window, odd, 1 or more.</param>
    /// <exception cref="CamException"><paramref name="window"/> is even or below 1.</exception>
    public IReadOnlyList<float?> Smooth(int window) => window >= 1 && window % 2 == 1
        ? SeriesNumbers.Smooth([.. Layers.Select(l => l.Road)], window)
        : throw new CamException($"A moving average over {window} layers was asked for; an odd number of 1 or more is expected.");

    /// <summary>The maps with their scores in <see cref="Kernels.Maps.LayerMap.Road"/>; layers are matched by name.</summary>
    /// <param name="maps">The maps, those that were scored or others of the same network.</param>
    public CamResult WithRoad(CamResult maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        Dictionary<string, float?> scores = Layers.ToDictionary(l => l.Name, l => l.Road);
        return maps with { Frames = [.. maps.Frames.Select(f => scores.TryGetValue(f.Name, out float? road) ? f with { Road = road } : f)] };
    }
}
