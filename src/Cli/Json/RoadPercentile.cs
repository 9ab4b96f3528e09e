namespace CAManim.Native.Cli.Json;

/// <summary>Scores of the class after the removals at one percentile.</summary>
/// <param name="Percentile">Percentage of the pixels that are kept.</param>
/// <param name="Most">Score after the most relevant pixels were removed.</param>
/// <param name="Least">Score after the least relevant pixels were removed.</param>
/// <param name="Road">(least - most) / 2.</param>
internal sealed record RoadPercentile(double Percentile, float? Most, float? Least, float? Road);
