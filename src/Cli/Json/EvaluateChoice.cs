namespace CAManim.Native.Cli.Json;

/// <summary>The layer with the highest ROAD against the final layer, over the same objects.</summary>
/// <param name="FinalPointing">Share of the objects at which the final layer points.</param>
/// <param name="BestPointing">Share at which the chosen layer points.</param>
/// <param name="Gain">The second less the first.</param>
/// <param name="OnlyBest">Objects at which the chosen layer alone points.</param>
/// <param name="OnlyFinal">Objects at which the final layer alone points.</param>
/// <param name="Same">Objects for which both have the same map.</param>
/// <param name="Without">Objects for which no layer has a score.</param>
/// <param name="UsualLayer">The layer chosen most often.</param>
internal sealed record EvaluateChoice(double? FinalPointing, double? BestPointing, double? Gain, int OnlyBest, int OnlyFinal, int Same, int Without, string? UsualLayer);
