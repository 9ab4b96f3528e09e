namespace CAManim.Native.Report;

/// <summary>Scores of the class after the removals at one percentile.</summary>
/// <param name="Percentile">Percentage of the pixels that are kept.</param>
/// <param name="MostFirst">Score after the most relevant pixels were removed, 0 to 1; null where there is none.</param>
/// <param name="LeastFirst">Score after the least relevant pixels were removed, 0 to 1; null where there is none.</param>
public sealed record ReportScore(double Percentile, float? MostFirst, float? LeastFirst);
