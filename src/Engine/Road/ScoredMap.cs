using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Road;

/// <summary>A map that is scored once, for all layers that share it.</summary>
/// <remarks>Removals and reason are written while images are made, scores while they are taken: two threads, one after the other.</remarks>
internal sealed class ScoredMap(IReadOnlyList<LayerMap> layers, RoadOptions options)
{
    private readonly Removal[] _removals = new Removal[2 * options.Percentiles.Count];
    private readonly float[] _scores = new float[2 * options.Percentiles.Count * options.Trials];
    private volatile string? _reason;
    private volatile bool _hasNoSteps;
    private int _missing = 2 * options.Percentiles.Count * options.Trials;

    /// <summary>The layers, the first of which gives the map and the noise its name.</summary>
    public IReadOnlyList<LayerMap> Layers { get; } = layers;

    /// <summary>What the noise knows the map by.</summary>
    public int NoiseLayer { get; } = RoadNoise.Hash(layers[0].Name);

    /// <summary>Whether nothing more will come.</summary>
    public bool IsDone => _hasNoSteps || _missing == 0;

    /// <summary>Notes that the map ranks no pixels.</summary>
    public void Skip(string reason)
    {
        _reason = reason;
        _hasNoSteps = true;
    }

    /// <summary>Notes what a step removes.</summary>
    public void SetRemoval(int step, Removal removal) => _removals[step] = removal;

    /// <summary>Notes a score.</summary>
    public void SetScore(int step, int trial, float score)
    {
        _scores[(step * options.Trials) + trial] = score;
        _missing--;
    }

    /// <summary>The result of the first layer; the others have it too, under names of their own.</summary>
    /// <param name="pixels">H·W.</param>
    public LayerRoad Collect(int pixels)
    {
        PercentileRoad[] percentiles = _hasNoSteps ? [] : new PercentileRoad[options.Percentiles.Count];
        double sum = 0;
        for (int i = 0; i < percentiles.Length; i++)
        {
            percentiles[i] = new PercentileRoad { Percentile = options.Percentiles[i], MostFirst = Step(2 * i), LeastFirst = Step((2 * i) + 1) };
            sum += percentiles[i].Difference;
        }

        string? reason = _reason ?? FindReason(percentiles, pixels);
        float[] trials = reason is null ? new float[options.Trials] : [];
        for (int trial = 0; trial < trials.Length; trial++)
        {
            trials[trial] = Trial(percentiles.Length, trial);
        }

        return new LayerRoad
        {
            Name = Layers[0].Name,
            Parameters = Layers[0].Parameters,
            Road = reason is null ? (float)(sum / percentiles.Length) : null,
            Reason = reason,
            Percentiles = percentiles,
            Trials = trials,
            Deviation = Series.SeriesNumbers.Deviation(trials),
        };
    }

    private RoadStep Step(int step)
    {
        float[] trials = _scores.AsSpan(step * options.Trials, options.Trials).ToArray();
        double sum = 0;
        foreach (float score in trials)
        {
            sum += score;
        }

        return new RoadStep
        {
            Removed = _removals[step].Count,
            Threshold = _removals[step].Threshold,
            Score = (float)(sum / trials.Length),
            TrialScores = trials,
        };
    }

    private float Trial(int percentiles, int trial)
    {
        double sum = 0;
        for (int i = 0; i < percentiles; i++)
        {
            sum += ((double)_scores[(((2 * i) + 1) * options.Trials) + trial] - _scores[(2 * i * options.Trials) + trial]) / 2;
        }

        return (float)(sum / percentiles);
    }

    private static string? FindReason(PercentileRoad[] percentiles, int pixels)
    {
        bool isNumber = true;
        bool isEmpty = false;
        foreach (PercentileRoad p in percentiles)
        {
            isNumber &= double.IsFinite(p.Difference);
            isEmpty |= p.MostFirst.Removed == pixels || p.LeastFirst.Removed == pixels;
        }

        return isEmpty ? DescribeEmpty(percentiles, pixels) : isNumber ? null : "the network's score is not a number";
    }

    private static string DescribeEmpty(PercentileRoad[] percentiles, int pixels)
    {
        string[] empty =
        [
            .. percentiles.Where(p => p.MostFirst.Removed == pixels).Select(p => FormattableString.Invariant($"{p.Percentile} % most relevant first")),
            .. percentiles.Where(p => p.LeastFirst.Removed == pixels).Select(p => FormattableString.Invariant($"{p.Percentile} % least relevant first")),
        ];
        return $"nothing would be kept at {string.Join(", ", empty)}";
    }
}
