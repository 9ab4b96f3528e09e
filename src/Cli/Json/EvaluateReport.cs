namespace CAManim.Native.Cli.Json;

/// <summary>What <c>evaluate --json</c> prints.</summary>
/// <param name="Model">The network.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Scenes">Scenes that were drawn.</param>
/// <param name="Seed">Their seed.</param>
/// <param name="ObjectsPerScene">Objects in each.</param>
/// <param name="Objects">Objects that were explained.</param>
/// <param name="Chance">Mean share of the picture that an object covers.</param>
/// <param name="Methods">The scores.</param>
internal sealed record EvaluateReport(string Model, string Weights, int Scenes, uint Seed, int ObjectsPerScene, int Objects, double Chance, IReadOnlyList<EvaluateMethod> Methods);
