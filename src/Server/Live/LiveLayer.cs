namespace CAManim.Native.Server.Live;

/// <summary>A layer as the page lists it.</summary>
internal sealed record LiveLayer(string Name, string ModuleClass, int Channels, int Height, int Width);
