namespace CAManim.Native.Engine.Road.Masks;

/// <summary>What a mask removes.</summary>
/// <param name="Count">Number of removed pixels.</param>
/// <param name="Threshold">The percentile's value in reference mode.</param>
internal readonly record struct Removal(int Count, float? Threshold);
