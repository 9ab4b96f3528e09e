using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Models.Images;

/// <summary>Decoded RGBA pixels to an upright RGB image.</summary>
internal static class ImageOrientation
{
    /// <summary>Turns and mirrors as the file asks and lays transparent pixels over white.</summary>
    /// <param name="rgba">[H,W,4], not multiplied by alpha.</param>
    /// <param name="width">W as encoded.</param>
    /// <param name="height">H as encoded.</param>
    /// <param name="origin">Where the first row and column of the file belong.</param>
    public static RgbImage Upright(ReadOnlySpan<byte> rgba, int width, int height, SKEncodedOrigin origin)
    {
        // Place of the encoded pixel (x, y) in the upright image: start + x·stepX + y·stepY.
        bool swapped = origin >= SKEncodedOrigin.LeftTop;
        (int w, int h) = swapped ? (height, width) : (width, height);
        (long start, long stepX, long stepY) = origin switch
        {
            SKEncodedOrigin.TopRight => (w - 1L, -1L, (long)w),
            SKEncodedOrigin.BottomRight => (((long)w * h) - 1, -1L, -(long)w),
            SKEncodedOrigin.BottomLeft => ((long)w * (h - 1), 1L, -(long)w),
            SKEncodedOrigin.LeftTop => (0L, (long)w, 1L),
            SKEncodedOrigin.RightTop => (w - 1L, (long)w, -1L),
            SKEncodedOrigin.RightBottom => (((long)w * h) - 1, -(long)w, -1L),
            SKEncodedOrigin.LeftBottom => ((long)w * (h - 1), -(long)w, 1L),
            _ => (0L, 1L, (long)w),
        };
        byte[] rgb = new byte[(long)w * h * 3];
        int from = 0;
        for (int y = 0; y < height; y++)
        {
            long pixel = start + (y * stepY);
            for (int x = 0; x < width; x++, from += 4, pixel += stepX)
            {
                int alpha = rgba[from + 3];
                long to = pixel * 3;
                for (int c = 0; c < 3; c++)
                {
                    rgb[to + c] = alpha == 255 ? rgba[from + c] : OverWhite(rgba[from + c], alpha);
                }
            }
        }

        return new RgbImage(w, h, rgb);
    }

    private static byte OverWhite(int value, int alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
