namespace CAManim.Native.Engine.Road;

/// <summary>ROAD of one layer's map.</summary>
public sealed record LayerRoad
{
    /// <summary>Name of the layer's frame.</summary>
    public required string Name { get; init; }

    /// <summary>Parameters (number of scalars) of the module, its children included.</summary>
    public long Parameters { get; init; }

    /// <summary>Mean over the percentiles of (C_least - C_most) / 2, and over the trials; -0.5 to 0.5; null where the map has no score.</summary>
    public required float? Road { get; init; }

    /// <summary>Why <see cref="Road"/> is null, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The removals in the order of the options. Empty where the map ranks no pixels. In reference mode a removal of all pixels is scored
    /// with an image of zeros, as the Python code does; the layer's <see cref="Road"/> is null then.
    /// </summary>
    public IReadOnlyList<PercentileRoad> Percentiles { get; init; } = [];

    /// <summary>ROAD of each trial; empty where <see cref="Road"/> is null.</summary>
    public IReadOnlyList<float> Trials { get; init; } = [];

    /// <summary>Sample standard deviation of <see cref="Trials"/>; null with fewer than two.</summary>
    public float? Deviation { get; init; }

    /// <summary>Name of the earlier layer with the same map, whose score this is; null where the layer was scored itself.</summary>
    public string? SameAs { get; init; }

    /// <summary>Mean of <see cref="PercentileRoad.Difference"/> whatever was kept: what the Python code reports. Null without removals.</summary>
    public double? PercentileMean => Percentiles.Count == 0 ? null : Percentiles.Average(p => p.Difference);
}
