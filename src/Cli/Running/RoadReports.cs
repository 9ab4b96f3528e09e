using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Road;

namespace CAManim.Native.Cli.Running;

/// <summary>Scores as they stand in reports.</summary>
internal static class RoadReports
{
    public static RoadTotals? Totals(YbRoadResult? series) => series is null ? null : new RoadTotals
    {
        Mode = series.Options.Mode == RoadMode.Exact ? "exact" : "reference",
        Percentiles = series.Options.Percentiles,
        Noise = series.Options.Noise,
        Trials = series.Options.Trials,
        Seed = series.Options.Seed,
        Mean = series.Mean,
        Max = series.Max,
        MaxLayer = series.MaxLayer,
        FinalLayer = series.FinalLayer,
        FinalLayerRoad = series.FinalLayerRoad,
        DifferenceToFinal = series.DifferenceToFinal,
    };

    public static IReadOnlyList<RoadPercentile>? Percentiles(LayerRoad? layer) => layer is null ? null :
        [.. layer.Percentiles.Select(p => new RoadPercentile(p.Percentile, Finite.OrNull(p.MostFirst.Score), Finite.OrNull(p.LeastFirst.Score), Finite.OrNull((float)p.Difference)))];
}
