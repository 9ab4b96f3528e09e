namespace CAManim.Native.Cli.Json;

/// <summary>One map of the grid.</summary>
/// <param name="Min">Smallest value of the map at the input's size.</param>
/// <param name="Max">Largest value of the map at the input's size.</param>
/// <param name="Flags">What is unusual about it.</param>
/// <param name="Energy">Share of the map's sum that lies on each object, 0 to 1; null where the map is zero everywhere. Empty where no objects are known.</param>
internal sealed record CompareCell(float? Min, float? Max, FrameFlags Flags, IReadOnlyList<double?> Energy);
