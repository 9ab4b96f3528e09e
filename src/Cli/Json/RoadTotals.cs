namespace CAManim.Native.Cli.Json;

/// <summary>How the layers were scored, and what came out.</summary>
internal sealed record RoadTotals
{
    public required string Mode { get; init; }

    public required IReadOnlyList<double> Percentiles { get; init; }

    public required float Noise { get; init; }

    public required int Trials { get; init; }

    public required ulong Seed { get; init; }

    public required float? Mean { get; init; }

    public required float? Max { get; init; }

    public required string? MaxLayer { get; init; }

    public required string? FinalLayer { get; init; }

    public required float? FinalLayerRoad { get; init; }

    public required float? DifferenceToFinal { get; init; }
}
