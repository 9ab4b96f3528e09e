namespace CAManim.Native.Cli.Json;

/// <summary>What <c>layers --json</c> prints.</summary>
internal sealed record LayersReport(string Model, IReadOnlyList<int> InputShape, int Kept, int Skipped, long Parameters, IReadOnlyList<LayerEntry> Modules);
