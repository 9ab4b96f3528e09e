namespace CAManim.Native.Cli.Json;

/// <summary>A class with its score.</summary>
internal sealed record ClassScore(int Index, string Name, float? Probability, float? Logit);
