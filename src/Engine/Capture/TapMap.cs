namespace CAManim.Native.Engine.Capture;

/// <summary>The map of one image at one tap.</summary>
internal sealed record TapMap(int Channels, int Height, int Width, float[] Signed, float[] Map, float Minimum, float Maximum, bool HasNonFinite);
