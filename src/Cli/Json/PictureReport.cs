namespace CAManim.Native.Cli.Json;

/// <summary>A picture as it was read.</summary>
/// <param name="Height">H, upright.</param>
/// <param name="Width">W, upright.</param>
/// <param name="BitsPerSample">8 or 16.</param>
/// <param name="Range">What was asked for: auto, full or MIN:MAX.</param>
/// <param name="Black">The file's value that became 0.</param>
/// <param name="White">The file's value that became 1.</param>
/// <param name="Seen">The part that the network saw (left, top, width, height in shares of the sides); null for all.</param>
internal sealed record PictureReport(int Height, int Width, int BitsPerSample, string Range, double Black, double White, IReadOnlyList<double>? Seen);
