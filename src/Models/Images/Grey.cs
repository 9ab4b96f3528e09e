using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Models.Images;

/// <summary>Luma as PIL's mode L has it (ITU-R 601).</summary>
internal static class Grey
{
    /// <summary>Three equal channels; grey pixels stay as they are.</summary>
    public static RgbImage Of(RgbImage image)
    {
        byte[] pixels = new byte[image.Pixels.Length];
        for (int i = 0; i < pixels.Length; i += 3)
        {
            byte grey = (byte)(((image.Pixels[i] * 19595) + (image.Pixels[i + 1] * 38470) + (image.Pixels[i + 2] * 7471) + 0x8000) >> 16);
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (grey, grey, grey);
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    /// <summary>The same without rounding.</summary>
    public static float Of(float red, float green, float blue) => ((red * 19595) + (green * 38470) + (blue * 7471)) / 65536;
}
