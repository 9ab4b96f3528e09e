namespace CAManim.Native.Cli.Json;

/// <summary>What <c>run --json</c> says of each target after the first, in the words that it has for the first.</summary>
/// <param name="Target">What the maps explain.</param>
/// <param name="Probability">Score of its class.</param>
/// <param name="Totals">Sums over its frames.</param>
/// <param name="Frames">Its maps and scores; names, shapes and times are those of the first target.</param>
internal sealed record TargetDetails(TargetReport Target, float? Probability, RunTotals Totals, IReadOnlyList<FrameReport> Frames);
