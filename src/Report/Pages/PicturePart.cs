namespace CAManim.Native.Report.Pages;

/// <param name="Width">W.</param>
/// <param name="Height">H.</param>
/// <param name="Pixels">RGB as differences to the left, zlib, base64.</param>
internal sealed record PicturePart(int Width, int Height, string Pixels);
