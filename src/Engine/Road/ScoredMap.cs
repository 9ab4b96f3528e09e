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

    /// <summary>The result for each layer.</summary>
    /// <param name="pixels">H·W.</param>
    public IEnumerable<LayerRoad> Collect(int pixels)
    {
        PercentileRoad[] percentiles = _hasNoSteps ? [] : [.. options.Percentiles.Select((p, i) => new PercentileRoad
        {
            Percentile = p,
            MostFirst = Step(2 * i),
            LeastFirst = Step((2 * i) + 1),
        })];
        string? reason = _reason ?? FindReason(percentiles, pixels);
        float[] trials = reason is null ? [.. Enumerable.Range(0, options.Trials).Select(t => Trial(percentiles, t))] : [];
        LayerRoad first = new()
        {
            Name = Layers[0].Name,
            Parameters = Layers[0].Parameters,
            Road = reason is null ? (float)percentiles.Average(p => p.Difference) : null,
            Reason = reason,
            Percentiles = percentiles,
            Trials = trials,
            Deviation = Series.SeriesNumbers.Deviation(trials),
        };
        yield return first;
        foreach (LayerMap layer in Layers.Skip(1))
        {
            yield return first with { Name = layer.Name, Parameters = layer.Parameters, SameAs = first.Name };
        }
    }

    private RoadStep Step(int step)
    {
        float[] trials = _scores.AsSpan(step * options.Trials, options.Trials).ToArray();
        return new RoadStep
        {
            Removed = _removals[step].Count,
            Threshold = _removals[step].Threshold,
            Score = (float)trials.Average(s => (double)s),
            TrialScores = trials,
        };
    }

    private static float Trial(PercentileRoad[] percentiles, int trial) =>
        (float)percentiles.Average(p => ((double)p.LeastFirst.TrialScores[trial] - p.MostFirst.TrialScores[trial]) / 2);

    private static string? FindReason(PercentileRoad[] percentiles, int pixels)
    {
        string[] empty =
        [
            .. percentiles.Where(p => p.MostFirst.Removed == pixels).Select(p => FormattableString.Invariant($"{p.Percentile} % most relevant first")),
            .. percentiles.Where(p => p.LeastFirst.Removed == pixels).Select(p => FormattableString.Invariant($"{p.Percentile} % least relevant first")),
        ];
        if (empty.Length > 0)
        {
            return $"nothing would be kept at {string.Join(", ", empty)}";
        }

        bool isNumber = percentiles.All(p => double.IsFinite(p.Difference));
        return isNumber ? null : "the network's score is not a number";
    }
}
