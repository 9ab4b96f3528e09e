namespace CAManim.Native.Cli.Json;

/// <summary>What the maps explain.</summary>
/// <param name="Index">Index of the class.</param>
/// <param name="Name">Name of the class.</param>
/// <param name="Asked">The target as it was asked for.</param>
internal sealed record TargetReport(int Index, string Name, string Asked);
