using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Report;

/// <summary>The maps of one method for one target: a column of the page.</summary>
public sealed record ReportColumn
{
    /// <summary>The method's published name.</summary>
    public required string Method { get; init; }

    /// <summary>What is explained, in words.</summary>
    public required string Target { get; init; }

    /// <summary>Score of the explained class, 0 to 1, or null.</summary>
    public float? Probability { get; init; }

    /// <summary>The maps; each belongs to the call of its name. Calls without a map in this column are shown as such.</summary>
    public required IReadOnlyList<LayerMap> Maps { get; init; }

    /// <summary>Zero of the global normalisation.</summary>
    public required float GlobalMinimum { get; init; }

    /// <summary>One of the global normalisation.</summary>
    public required float GlobalMaximum { get; init; }

    /// <summary>Why maps that were to be scored have no score, by name.</summary>
    public IReadOnlyDictionary<string, string> RoadReasons { get; init; } = new Dictionary<string, string>();

    /// <summary>The scores that the maps' ROAD is the mean of, by name, in the order of the percentiles.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReportScore>> RoadScores { get; init; } = new Dictionary<string, IReadOnlyList<ReportScore>>();
}
