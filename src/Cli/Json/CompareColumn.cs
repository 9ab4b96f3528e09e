namespace CAManim.Native.Cli.Json;

/// <summary>A layer that the grid shows.</summary>
/// <param name="Percentile">Percentile of depth, 0 to 100.</param>
/// <param name="Frame">Number of the layer's frame, from 1.</param>
/// <param name="Name">Name of the layer.</param>
/// <param name="ModuleClass">Class of its module.</param>
internal sealed record CompareColumn(double Percentile, int Frame, string Name, string ModuleClass);
