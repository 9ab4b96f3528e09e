using CAManim.Native.Engine.Localisation;

namespace CAManim.Native.Cli.Json;

/// <summary>The scores of one method.</summary>
internal sealed record EvaluateMethod(string Method, EvaluationScore? Last, EvaluationScore? Best, double? MeanPointing, double? MeanEnergy, EvaluateChoice? ByRoad, IReadOnlyList<EvaluationScore> Layers);
