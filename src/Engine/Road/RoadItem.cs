namespace CAManim.Native.Engine.Road;

/// <summary>One image of a series.</summary>
/// <param name="Map">The map that it was made from.</param>
/// <param name="Step">Twice the percentile's index, one more where the least relevant pixels were removed.</param>
/// <param name="Trial">Index of the trial.</param>
internal readonly record struct RoadItem(ScoredMap Map, int Step, int Trial);
