namespace CAManim.Native.Engine.Devices;

/// <summary>A map's place in a <see cref="MapStore"/>.</summary>
/// <param name="Chunk">Which piece of memory.</param>
/// <param name="Start">The first float in it.</param>
/// <param name="Length">Floats.</param>
internal readonly record struct MapRoom(int Chunk, int Start, int Length);
