namespace CAManim.Native.Engine.Road;

/// <summary>One removal: how many pixels went, and what the network made of the rest.</summary>
public sealed record RoadStep
{
    /// <summary>Pixels that were removed and filled by imputation.</summary>
    public required int Removed { get; init; }

    /// <summary>In reference mode the percentile's value: kept is what lies below. Null in exact mode.</summary>
    public float? Threshold { get; init; }

    /// <summary>C, the score of the class afterwards (see <see cref="RoadOptions.Activation"/>): mean over the trials.</summary>
    public required float Score { get; init; }

    /// <summary>The score of each trial.</summary>
    public required IReadOnlyList<float> TrialScores { get; init; }
}
