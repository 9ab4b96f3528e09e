namespace CAManim.Native.Report.Pages;

/// <param name="Width">W.</param>
/// <param name="Height">H.</param>
/// <param name="Pixels">RGB as differences to the left, zlib, base64.</param>
/// <param name="Seen">Left, top, width and height, in pixels, of the part that the maps lie on; null for all.</param>
internal sealed record PicturePart(int Width, int Height, string Pixels, IReadOnlyList<int>? Seen);
