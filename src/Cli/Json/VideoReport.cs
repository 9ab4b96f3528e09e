namespace CAManim.Native.Cli.Json;

/// <summary>The video.</summary>
internal sealed record VideoReport(string File, int Frames, int Width, int Height, string Codec, double FramesPerSecond, long SizeInBytes);
