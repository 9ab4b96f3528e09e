namespace CAManim.Native.Engine.Road;

/// <summary>Both removals at one percentile.</summary>
public sealed record PercentileRoad
{
    /// <summary>Percentage of the pixels that are kept.</summary>
    public required double Percentile { get; init; }

    /// <summary>After the most relevant pixels were removed.</summary>
    public required RoadStep MostFirst { get; init; }

    /// <summary>After the least relevant pixels were removed.</summary>
    public required RoadStep LeastFirst { get; init; }

    /// <summary>(C_least - C_most) / 2, -0.5 to 0.5.</summary>
    public double Difference => ((double)LeastFirst.Score - MostFirst.Score) / 2;
}
