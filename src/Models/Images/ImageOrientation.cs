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
        ImagePlaces places = new(width, height, origin);
        byte[] rgb = new byte[(long)width * height * 3];
        int from = 0;
        for (int y = 0; y < height; y++)
        {
            long pixel = places.Start + (y * places.StepY);
            for (int x = 0; x < width; x++, from += 4, pixel += places.StepX)
            {
                int alpha = rgba[from + 3];
                long to = pixel * 3;
                for (int c = 0; c < 3; c++)
                {
                    rgb[to + c] = alpha == 255 ? rgba[from + c] : OverWhite(rgba[from + c], alpha);
                }
            }
        }

        return new RgbImage(places.Width, places.Height, rgb);
    }

    private static byte OverWhite(int value, int alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
