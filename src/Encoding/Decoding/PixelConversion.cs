namespace CAManim.Native.Encoding.Decoding;

/// <summary>From what decoders and cameras give to RGB: chroma of the nearest sample, no filter; pictures are scaled down for the network anyway.</summary>
internal static unsafe class PixelConversion
{
    /// <summary>libav's names of what is read.</summary>
    public static IReadOnlyList<string> Formats { get; } =
        ["yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12", "yuyv422", "uyvy422", "rgb24", "bgr24", "bgr0", "bgra", "rgb0", "rgba", "gray"];

    /// <returns>Whether the format is known.</returns>
    public static bool Run(string format, PixelSource from, YuvMatrix matrix, VideoPicture to)
    {
        switch (format)
        {
            case "yuv420p" or "yuvj420p":
                Planar(from, matrix, to, 1, 1);
                return true;
            case "yuv422p" or "yuvj422p":
                Planar(from, matrix, to, 1, 0);
                return true;
            case "yuv444p" or "yuvj444p":
                Planar(from, matrix, to, 0, 0);
                return true;
            case "nv12":
                Nv12(from, matrix, to);
                return true;
            case "yuyv422":
                Interleaved(from, matrix, to, luma: 0);
                return true;
            case "uyvy422":
                Interleaved(from, matrix, to, luma: 1);
                return true;
            case "rgb24":
                Packed(from, to, 3, 0, 1, 2);
                return true;
            case "bgr24":
                Packed(from, to, 3, 2, 1, 0);
                return true;
            case "bgr0" or "bgra":
                Packed(from, to, 4, 2, 1, 0);
                return true;
            case "rgb0" or "rgba":
                Packed(from, to, 4, 0, 1, 2);
                return true;
            case "gray":
                Packed(from, to, 1, 0, 0, 0);
                return true;
            default:
                return false;
        }
    }

    private static void Planar(PixelSource from, YuvMatrix matrix, VideoPicture to, int shiftX, int shiftY)
    {
        for (int y = 0; y < to.Height; y++)
        {
            byte* luma = from.Row(0, y);
            byte* cb = from.Row(1, y >> shiftY);
            byte* cr = from.Row(2, y >> shiftY);
            Span<byte> row = to.Pixels.AsSpan(y * to.Width * 3, to.Width * 3);
            for (int x = 0; x < to.Width; x++)
            {
                matrix.Write(luma[x], cb[x >> shiftX], cr[x >> shiftX], row.Slice(x * 3, 3));
            }
        }
    }

    private static void Nv12(PixelSource from, YuvMatrix matrix, VideoPicture to)
    {
        for (int y = 0; y < to.Height; y++)
        {
            byte* luma = from.Row(0, y);
            byte* chroma = from.Row(1, y >> 1);
            Span<byte> row = to.Pixels.AsSpan(y * to.Width * 3, to.Width * 3);
            for (int x = 0; x < to.Width; x++)
            {
                int pair = x & ~1;
                matrix.Write(luma[x], chroma[pair], chroma[pair + 1], row.Slice(x * 3, 3));
            }
        }
    }

    private static void Interleaved(PixelSource from, YuvMatrix matrix, VideoPicture to, int luma)
    {
        for (int y = 0; y < to.Height; y++)
        {
            byte* pixels = from.Row(0, y);
            Span<byte> row = to.Pixels.AsSpan(y * to.Width * 3, to.Width * 3);
            for (int x = 0; x < to.Width; x++)
            {
                // Two pixels in four bytes; Cb stands before Cr.
                byte* pair = pixels + ((x >> 1) * 4);
                matrix.Write(pair[luma + ((x & 1) * 2)], pair[1 - luma], pair[3 - luma], row.Slice(x * 3, 3));
            }
        }
    }

    private static void Packed(PixelSource from, VideoPicture to, int size, int red, int green, int blue)
    {
        for (int y = 0; y < to.Height; y++)
        {
            byte* pixel = from.Row(0, y);
            Span<byte> row = to.Pixels.AsSpan(y * to.Width * 3, to.Width * 3);
            for (int x = 0; x < row.Length; x += 3, pixel += size)
            {
                (row[x], row[x + 1], row[x + 2]) = (pixel[red], pixel[green], pixel[blue]);
            }
        }
    }
}
