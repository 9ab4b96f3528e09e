namespace CAManim.Native.Cli.Json;

/// <summary>Milliseconds of each stage; null for a stage that was not asked for.</summary>
internal sealed record RunElapsed(double Model, double Weights, double Input, double Maps, double? Road, double? Video, double? MapsFile, double Total);
